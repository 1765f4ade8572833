//! Every limit of the board and the protocol, each with its reason.

use crate::id::Millis;

/// Largest WebSocket frame in bytes, both ways: a commit of a long stroke is
/// 20 KiB, so this leaves room while a hostile frame stays cheap.
pub const MAX_FRAME_BYTES: usize = 256 * 1024;
/// Largest first frame (hello) in bytes: it is read before the client is known.
pub const MAX_HELLO_BYTES: usize = 4 * 1024;
/// Bytes of one section of a snapshot before compression: some hundred strokes. A smaller one would
/// be compressed worse, and a larger one would show later.
pub const SECTION_BYTES: usize = 32 * 1024;
/// Largest section in bytes before compression that a client unpacks. A section is larger than
/// [`SECTION_BYTES`] only if it has one large element; the largest is a text of 20,000 pieces, which
/// has some 400 KiB.
pub const MAX_SECTION_BYTES: usize = 1024 * 1024;
/// Compressed bytes of a snapshot that travel in one frame. On a link of 5 KiB a second it takes
/// 3 s, so even there a client receives something before it takes the connection for dead.
pub const SNAPSHOT_PART_BYTES: usize = 16 * 1024;
/// Parts of a snapshot: those of the largest one, [`MAX_SNAPSHOT_BYTES`], if nothing can be
/// compressed. A bit for each of them fits into a hello.
pub const MAX_SNAPSHOT_PARTS: u32 = 24 * 1024;
/// A server sends a client something at least this often while people are active on the board, in
/// milliseconds: a client says after two seconds that the connection is in doubt.
pub const HEARTBEAT_MS: Millis = 1_200;
/// On a silent board a server sends a client something at least this often, in milliseconds. Most open
/// boards are silent, and each heartbeat costs a write.
pub const QUIET_HEARTBEAT_MS: Millis = 4_000;
/// A board is silent for a client if it sent and received nothing but heartbeats for so long, in
/// milliseconds.
pub const QUIET_AFTER_MS: Millis = 3_000;
/// A client acknowledges what it received after this many bytes at the latest.
pub const ACKNOWLEDGE_BYTES: u64 = 16 * 1024;
/// Deepest nesting of arrays and maps in a MessagePack value that the decoder follows.
/// Messages need half of it.
pub const MAX_DEPTH: usize = 16;
/// Ops in one commit: one gesture, applied as a whole. A thousand elements that
/// are dragged together are a thousand ops, 40 KiB.
pub const MAX_OPS_PER_COMMIT: usize = 1_000;
/// Encoded size of one commit's ops, so that a commit always fits a frame.
pub const MAX_COMMIT_BYTES: usize = 192 * 1024;
/// Estimated work of applying one commit, in units of a microsecond to a few (`op::cost`). A
/// thousand ops cost 2,000; a mark over a text of [`MAX_TEXT_PIECES`] pieces costs 4,000.
pub const MAX_COMMIT_WORK: u64 = 16_000;
/// Ids in one delete: an eraser swept over a crowded board.
pub const MAX_DELETE_IDS: usize = 1_000;
/// Clients that a guard may name. A person has one for each tab, and the list must leave most of a
/// commit to its ops.
pub const MAX_GUARD_CLIENTS: usize = 1_000;
/// Points in one piece of ink: 40 s of a 240 Hz pen, about 30 KiB.
pub const MAX_INK_POINTS: usize = 10_000;
/// Points of one stroke over all its pieces; the pen starts a new stroke before.
pub const MAX_STROKE_POINTS: usize = 20_000;
/// Pieces of ink in one stroke: one a second for ten minutes.
pub const MAX_STROKE_PARTS: usize = 600;
/// Erased ranges of one stroke: an eraser that goes over it again and again. Later ones do
/// nothing; the stroke can still be deleted.
pub const MAX_ERASED_RANGES: usize = 1_000;
/// Characters of one text, deleted ones included: a long article.
pub const MAX_TEXT_CHARS: usize = 20_000;
/// Pieces of one text: runs of characters that differ in their typist, their marks, their deleter
/// or the time of typing. A long article that is corrected a thousand times.
pub const MAX_TEXT_PIECES: usize = 4_000;
/// Spans named by one edit of a text: all its pieces at once, 100 KiB.
pub const MAX_TEXT_SPANS: usize = MAX_TEXT_PIECES;
/// Spans named by all edits of texts in one commit: some long texts at once.
pub const MAX_COMMIT_SPANS: usize = 2 * MAX_TEXT_SPANS;
/// Characters named by all edits of texts in one commit: a thousand long notes. An edit looks at
/// most at as many pieces as it names characters, so this bounds a commit on any board.
pub const MAX_COMMIT_NAMED_CHARS: usize = 50 * MAX_TEXT_CHARS;
/// Typists of one text.
pub const MAX_TYPISTS: usize = 1_000;
/// Highest number of a typist's next character in a text that is put on a board. The numbers above
/// it are more than a person can type.
pub const MAX_PUT_CHAR_NO: u32 = 1 << 31;
/// Highest number of a typist's next character in a text, so that every deleted text can be
/// restored. If a number is above [`MAX_PUT_CHAR_NO`], the client that restores the text becomes its
/// typist.
pub const MAX_CHAR_NO: u32 = 3 << 30;
/// Samples along the centre line of one stroke, beside one for each point.
pub const MAX_INK_SAMPLES: usize = 50_000;
/// Smallest text in board units; at the largest zoom it can be read.
pub const MIN_TEXT_SIZE: f32 = 0.1;
/// Largest text in board units; at the smallest zoom it fills a screen.
pub const MAX_TEXT_SIZE: f32 = 20_000.0;
/// Points of one line: more than a person sets by hand.
pub const MAX_LINE_POINTS: usize = 500;
/// Commands of one path: the outline of a country, drawn within a few milliseconds.
pub const MAX_PATH_SEGMENTS: usize = 10_000;
/// Bytes of one packed path, so that its element fits a commit. [`MAX_PATH_SEGMENTS`] curves of
/// usual length need half of it.
pub const MAX_PATH_BYTES: usize = 160 * 1024;
/// Bytes of one picture's file: that of a phone's photo, re-encoded. An upload of it takes 5 minutes on
/// a link of 25 KiB a second.
pub const MAX_PICTURE_BYTES: u64 = 8 * 1024 * 1024;
/// Bytes of all files of pictures that one file holds, so that a program can open it.
pub const MAX_EMBEDDED_BYTES: u64 = 64 * 1024 * 1024;
/// Files of pictures that one file holds. Each of them is an upload when the file is opened.
pub const MAX_EMBEDDED_FILES: usize = 1_000;
/// Pixels of one picture: decoded, the largest one has 160 MB.
pub const MAX_PICTURE_PIXELS: u64 = 40_000_000;
/// Pixels on a side of a picture: browsers draw no larger ones, and WebP has none.
pub const MAX_PICTURE_SIDE: u32 = 16_383;
/// Bytes of the blurred preview of a picture. A ThumbHash has at most 25.
pub const MAX_THUMBHASH_BYTES: usize = 32;
/// Characters of an alternative text: some paragraphs.
pub const MAX_ALTERNATIVE_TEXT_CHARS: usize = 1_000;
/// Least part of a picture's width and height that an image shows: some pixels of a large one.
pub const MIN_CROP: f32 = 1.0e-3;
/// Moved segments of one elbow line. The search for its way takes longer with each.
pub const MAX_KEPT_SEGMENTS: usize = 8;
/// Depth of groups in groups.
pub const MAX_GROUPS: usize = 16;
/// Smallest scale of a stroke; below it ink is a dot.
pub const MIN_SCALE: f32 = 1.0e-3;
/// Largest scale of a stroke; above it its points are far apart.
pub const MAX_SCALE: f32 = 1.0e3;
/// Selected elements that others are shown; others see further ones move when the gesture ends.
pub const MAX_LIVE_SELECTION: usize = 500;
/// Points of one live piece of a laser's trail.
pub const MAX_LASER_POINTS: usize = 200;
/// Largest distance from the origin in board units; beyond it `f32` cursors
/// and canvas transforms lose whole units.
pub const MAX_COORD: f64 = 1.0e7;
/// Thinnest line in board units.
pub const MIN_WIDTH: f32 = 0.01;
/// Thickest line in board units.
pub const MAX_WIDTH: f32 = 4_096.0;
/// Live elements on one board.
pub const MAX_ELEMENTS: usize = 200_000;
/// Tombstones kept; the oldest goes when one more is made. They only guard
/// against late changes to something deleted, which are minutes old at most.
pub const MAX_TOMBSTONES: usize = 50_000;
/// Bytes of one board in a store: its last snapshot and the payloads of the commits in its log. A
/// board that holds more takes only commits that are very small.
pub const MAX_BOARD_BYTES: u64 = 64 * 1024 * 1024;
/// Largest encoded snapshot in bytes that a store keeps, a room opens and a client takes. It is
/// larger than [`MAX_BOARD_BYTES`] because a snapshot also names the writers of properties, the
/// deleters of elements and all authors of the board, and because it may have grown since it was last
/// measured: at worst to twice its size, when text of many pieces is deleted.
pub const MAX_SNAPSHOT_BYTES: usize = 4 * MAX_BOARD_BYTES as usize;
/// Size of an encoded snapshot in bytes from which on a room refuses all commits that let the board
/// grow, also the very small ones that a store always takes. Half of [`MAX_SNAPSHOT_BYTES`], so that
/// the board still fits with the commits that were taken before the room measured it.
pub const FULL_SNAPSHOT_BYTES: usize = MAX_SNAPSHOT_BYTES / 2;
/// Bytes of a fractional order key.
pub const MAX_ORDER_KEY_BYTES: usize = 64;
/// Characters of a person's name.
pub const MAX_NAME_CHARS: usize = 64;
/// Characters of a board's title.
pub const MAX_TITLE_CHARS: usize = 120;
/// Characters of a link's label: a few words for the owners.
pub const MAX_LABEL_CHARS: usize = 60;
/// Valid links of one board: one for each group of people, in a list that can still be read.
pub const MAX_LINKS: usize = 100;
/// Unacknowledged commits that a replica may have on the wire; later
/// ones wait in its outbox, so a room's queue is bounded too.
pub const COMMIT_WINDOW: usize = 32;
/// The largest position in a log, and the largest number of a commit, that a server reads from outside.
/// Redis counts no further, no log gets that long, and one can be added without an overflow.
pub const MAX_LOG_NUMBER: u64 = i64::MAX as u64;
/// Commits that a room sends to the store in one batch.
pub const MAX_BATCH_COMMITS: usize = 64;
/// Bytes of encoded commits that a room keeps for replicas that resume.
pub const RING_BYTES: usize = 4 * 1024 * 1024;
/// Commits that a room keeps for replicas that resume.
pub const RING_COMMITS: usize = 4_096;
/// Live frames kept for sessions that are a little behind; at one a tick this
/// is half a second. Older ink in progress is worth nothing.
pub const LIVE_RING_FRAMES: usize = 64;
/// Bytes of a frame of live items that go out together, well below
/// [`MAX_FRAME_BYTES`]: the updates of one person must not make others lose their connection.
pub const LIVE_FRAME_BYTES: usize = 64 * 1024;
/// Points in one live piece of ink: 4 s of a 240 Hz pen, at most 16 KiB.
pub const MAX_LIVE_POINTS: usize = 1_000;
/// People on one board over all servers that are told to clients, and people on one board that one
/// server takes: more would be in no list.
pub const MAX_PEOPLE: usize = 300;
/// Characters of a message of the chat: a page of text.
pub const MAX_MESSAGE_CHARS: usize = 4_000;
/// Bytes of an emoji: the longest family with skin tones has 41.
pub const MAX_EMOJI_BYTES: usize = 48;
/// Elements that a message of the chat shows: a large selection.
pub const MAX_PLACE_ELEMENTS: usize = 500;
/// Different emoji below one message.
pub const MAX_REACTION_KINDS: usize = 20;
/// People below one message, each counted once for each of their emoji.
pub const MAX_REACTION_PEOPLE: usize = 300;
/// Messages of the chat that belong to the board's state: what a person sees at first, and as much
/// again until a page is full.
pub const CHAT_WINDOW_MESSAGES: usize = 100;
/// Messages that move to a page at once.
pub const CHAT_PAGE_MESSAGES: usize = 50;
/// Estimated bytes of the messages in the board's state. Compressed they take a slow link of 5 KiB a
/// second a few seconds, so a client does not take the connection for dead meanwhile.
pub const CHAT_WINDOW_BYTES: usize = 64 * 1024;
/// Estimated bytes of the messages of a page, for the same reason.
pub const CHAT_PAGE_BYTES: usize = CHAT_WINDOW_BYTES;
/// Bytes of a page, or of the newest messages, before compression that a reader unpacks: the
/// estimates above, with the longest message or change beyond each.
pub const MAX_CHAT_BYTES: usize = 256 * 1024;
/// Changes of messages on pages that the board's state holds before a page takes them.
pub const MAX_CHAT_LATE: usize = 200;
/// Pages of a conversation: 100,000 messages, at most 200 MiB.
pub const MAX_CHAT_PAGES: u64 = 2_000;
/// Characters that a person types beside the own cursor.
pub const MAX_SAY_CHARS: usize = 200;
