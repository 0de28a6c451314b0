/** TCVN 5712 (VN3, fonts named .Vn…): from byte 0xA1, letters in their order; a dot stands for none. */
const tcvn3Letters =
  'ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ.'

const tcvn3: ReadonlyMap<number, string> = new Map(
  [...tcvn3Letters].flatMap((letter, at) => (letter === '.' ? [] : [[0xa1 + at, letter]])),
)

const acute = '\u0301'
const grave = '\u0300'
const hook = '\u0309'
const tilde = '\u0303'
const dot = '\u0323'
const circumflex = '\u0302'
const breve = '\u0306'

/** VNI for Windows: what a byte behind a vowel adds to it. */
const vniMarks: ReadonlyMap<number, string> = new Map([
  [0xf9, acute],
  [0xf8, grave],
  [0xfb, hook],
  [0xf5, tilde],
  [0xef, dot],
  [0xe2, circumflex],
  [0xe1, circumflex + acute],
  [0xe0, circumflex + grave],
  [0xe5, circumflex + hook],
  [0xe3, circumflex + tilde],
  [0xe4, circumflex + dot],
  [0xea, breve],
  [0xe9, breve + acute],
  [0xe8, breve + grave],
  [0xfa, breve + hook],
  [0xfc, breve + tilde],
  [0xeb, breve + dot],
])

/** VNI for Windows: bytes that are letters by themselves. */
const vniLetters: ReadonlyMap<number, string> = new Map([
  [0xf4, 'ơ'],
  [0xf6, 'ư'],
  [0xf1, 'đ'],
  [0xed, 'í'],
  [0xec, 'ì'],
  [0xe6, 'ỉ'],
  [0xf3, 'ĩ'],
  [0xf2, 'ị'],
  [0xee, 'ỵ'],
])

/** Vowels that take marks. */
const carriers: ReadonlySet<number> = new Set(
  [...'aeouyơưAEOUYƠƯ'].map((letter) => letter.charCodeAt(0)),
)
/** Marks a byte adds at most. */
const widest = 2

/** Text of TCVN3 bytes; undefined where a byte stands for nothing in it. Linear. */
export function readTcvn3(bytes: Uint8Array): string | undefined {
  return written(bytes, (byte) => tcvn3.get(byte))
}

/** Text of VNI bytes, in NFC; undefined where a byte stands for nothing in it. Linear. */
export function readVni(bytes: Uint8Array): string | undefined {
  return written(bytes, vniPart)?.normalize('NFC')
}

function written(
  bytes: Uint8Array,
  partOf: (byte: number, before: number) => string | undefined,
): string | undefined {
  const units = new Uint16Array(bytes.length * widest)
  let end = 0
  for (const byte of bytes) {
    if (byte < 0x80) {
      units[end++] = byte
      continue
    }
    const part = partOf(byte, units[end - 1] ?? 0)
    if (part === undefined) return undefined
    for (let at = 0; at < part.length; at++) units[end++] = part.charCodeAt(at)
  }
  return Buffer.from(units.buffer, 0, end * 2).toString('utf16le')
}

/** Capitals lie 0x20 below small letters. */
function vniPart(byte: number, before: number): string | undefined {
  const isCapital = byte >= 0xc0 && byte < 0xe0
  const small = isCapital ? byte + 0x20 : byte
  const mark = carriers.has(before) ? vniMarks.get(small) : undefined
  if (mark !== undefined) return mark
  const letter = vniLetters.get(small)
  return isCapital ? letter?.toUpperCase() : letter
}
