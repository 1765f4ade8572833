//! Redis and the proxy behave as the scenarios need.

use std::net::SocketAddr;

use anyhow::Result;
use testkit::proxy::{FaultProxy, Framing};
use testkit::redis::{Redis, Version};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sends one line and returns the first answer, or nothing if the connection ends.
async fn ask(stream: &mut TcpStream, line: &str) -> Result<String> {
    stream.write_all(format!("{line}\r\n").as_bytes()).await?;
    let mut answer = vec![0; 1024];
    let count = stream.read(&mut answer).await.unwrap_or(0);
    answer.truncate(count);
    Ok(String::from_utf8(answer)?)
}

fn address(redis: &Redis) -> Result<SocketAddr> {
    let url = redis.url();
    Ok(url
        .trim_start_matches("redis://")
        .trim_end_matches('/')
        .parse()?)
}

#[tokio::test(flavor = "multi_thread")]
async fn data_that_redis_confirmed_survives_a_kill() -> Result<()> {
    let mut redis = Redis::start(Version::Seven, &[]).await?;
    let mut stream = TcpStream::connect(address(&redis)?).await?;
    assert_eq!(ask(&mut stream, "SET stroke blue").await?, "+OK\r\n");
    redis.kill().await?;
    assert!(
        TcpStream::connect(address(&redis)?).await.is_err(),
        "Redis is still running"
    );

    redis.restart().await?;
    let mut stream = TcpStream::connect(address(&redis)?).await?;
    assert_eq!(ask(&mut stream, "GET stroke").await?, "$4\r\nblue\r\n");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_proxy_falls_back_to_a_running_server() -> Result<()> {
    let (mut first, second) = (
        Redis::start(Version::Seven, &[]).await?,
        Redis::start(Version::Seven, &[]).await?,
    );
    let proxy =
        FaultProxy::start(Framing::Bytes, vec![address(&first)?, address(&second)?]).await?;
    let mut one = TcpStream::connect(address(&first)?).await?;
    assert_eq!(ask(&mut one, "SET who first").await?, "+OK\r\n");

    let mut through = TcpStream::connect(proxy.address()).await?;
    assert_eq!(ask(&mut through, "GET who").await?, "$5\r\nfirst\r\n");
    first.kill().await?;
    assert_eq!(ask(&mut through, "GET who").await.unwrap_or_default(), "");
    let mut through = TcpStream::connect(proxy.address()).await?;
    assert_eq!(ask(&mut through, "GET who").await?, "$-1\r\n");
    Ok(())
}
