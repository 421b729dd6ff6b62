/** A piece of a zstd stream that lies inside one frame. */
export interface FramePiece {
  readonly bytes: Buffer;
  /** `data` belongs to a frame to decompress, `skip` to a skippable one, `bad` is no zstd at all. */
  readonly kind: "data" | "skip" | "bad";
  /** The frame ends with this piece. */
  readonly ends: boolean;
}

type Phase = "magic" | "skipSize" | "descriptor" | "header" | "block" | "payload" | "checksum";

const MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;

/**
 * Cuts a zstd stream at its frames, chunk by chunk, after RFC 8878 §3.1. Node's decompressor stops silently
 * after the first frame, while `pzstd`, `cat a.zst b.zst` and appending writers make several.
 */
export function zstdFrameCutter(): (chunk: Buffer) => FramePiece[] {
  let phase: Phase = "magic";
  let wanted = 4;
  let seen = 0;
  let value = 0;
  let kind: FramePiece["kind"] = "data";
  let last = false;
  let checksum = false;

  const expect = (next: Phase, bytes: number): void => {
    phase = next;
    wanted = bytes;
    seen = 0;
    value = 0;
  };

  /** Moves past a completed field; true where the frame ended with it. */
  const advance = (): boolean => {
    if (phase === "magic") {
      if (value === MAGIC) {
        kind = "data";
        expect("descriptor", 1);
      } else if ((value & 0xfffffff0) >>> 0 === SKIPPABLE_MAGIC) {
        kind = "skip";
        expect("skipSize", 4);
      } else kind = "bad";
    } else if (phase === "skipSize") {
      last = true;
      checksum = false;
      expect("payload", value);
    } else if (phase === "descriptor") {
      checksum = (value & 4) !== 0;
      expect("header", headerBytes(value));
    } else if (phase === "header") expect("block", 3);
    else if (phase === "block") {
      last = (value & 1) !== 0;
      expect("payload", ((value >>> 1) & 3) === 1 ? 1 : value >>> 3);
    } else if (phase === "payload") {
      if (last && !checksum) return true;
      if (last) expect("checksum", 4);
      else expect("block", 3);
    } else return true;
    return false;
  };

  return (chunk) => {
    const pieces: FramePiece[] = [];
    let start = 0;
    let at = 0;
    while (kind !== "bad") {
      const take = Math.min(wanted - seen, chunk.length - at);
      if (phase !== "payload" && phase !== "header") {
        for (let i = 0; i < take; i++) value += chunk.readUInt8(at + i) * 256 ** (seen + i);
      }
      seen += take;
      at += take;
      if (seen < wanted) break;
      if (!advance()) continue;
      pieces.push({ bytes: chunk.subarray(start, at), kind, ends: true });
      start = at;
      kind = "data";
      expect("magic", 4);
      if (at === chunk.length) return pieces;
    }
    if (start < chunk.length) pieces.push({ bytes: chunk.subarray(start), kind, ends: false });
    return pieces;
  };
}

/** Bytes of the frame header that follow its descriptor: window, dictionary id, content size. */
function headerBytes(descriptor: number): number {
  const single = (descriptor & 0x20) !== 0;
  const content = [single ? 1 : 0, 2, 4, 8][descriptor >>> 6] ?? 0;
  const dictionary = [0, 1, 2, 4][descriptor & 3] ?? 0;
  return (single ? 0 : 1) + dictionary + content;
}
