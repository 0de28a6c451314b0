import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** A serif with the widths of Times New Roman and every Vietnamese letter (Tinos, SIL Open Font License). */
const files = {
  regular: '@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf',
  italic: '@expo-google-fonts/tinos/400Regular_Italic/Tinos_400Regular_Italic.ttf',
  bold: '@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf',
  boldItalic: '@expo-google-fonts/tinos/700Bold_Italic/Tinos_700Bold_Italic.ttf',
} as const

export type Face = keyof typeof files

let read: Promise<Readonly<Record<Face, Uint8Array>>> | undefined

/** The letters of a page, read once. */
export function fontFiles(): Promise<Readonly<Record<Face, Uint8Array>>> {
  read ??= readAll()
  return read
}

async function readAll(): Promise<Record<Face, Uint8Array>> {
  const [regular, italic, bold, boldItalic] = await Promise.all([
    readFace('regular'),
    readFace('italic'),
    readFace('bold'),
    readFace('boldItalic'),
  ])
  return { regular, italic, bold, boldItalic }
}

async function readFace(face: Face): Promise<Uint8Array> {
  return withoutLayout(await readFile(fileURLToPath(import.meta.resolve(files[face]))))
}

/**
 * A TrueType font (ISO/IEC 14496-22 section 4) without its tables of kerning, ligatures and combined marks: composed
 * Vietnamese letters need none, and reading them takes most of the time a page takes.
 */
function withoutLayout(font: Buffer): Uint8Array {
  const count = font.readUInt16BE(4)
  const tables = Array.from({ length: count }, (_, n) => {
    const at = 12 + n * 16
    const record = Buffer.from(font.subarray(at, at + 16))
    const offset = record.readUInt32BE(8)
    return { record, bytes: font.subarray(offset, offset + record.readUInt32BE(12)) }
  }).filter(({ record }) => !layoutTables.has(record.toString('latin1', 0, 4)))
  const head = Buffer.from(font.subarray(0, 12))
  head.writeUInt16BE(tables.length, 4)
  let offset = 12 + tables.length * 16
  const bodies: Uint8Array[] = []
  for (const { record, bytes } of tables) {
    record.writeUInt32BE(offset, 8)
    const padded = Buffer.alloc(Math.ceil(bytes.length / 4) * 4)
    bytes.copy(padded)
    bodies.push(padded)
    offset += padded.length
  }
  return Buffer.concat([head, ...tables.map(({ record }) => record), ...bodies])
}

const layoutTables = new Set(['GPOS', 'GSUB', 'GDEF', 'BASE', 'JSTF', 'kern', 'DSIG'])
