import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Whether a program that answers to `-v` is installed. */
export const has = (program: string) => spawnSync(program, ['-v']).error === undefined

/** What Debian's poppler-utils read in PDF files; they are written below `directory`. */
export function poppler(directory: string) {
  const written = (bytes: Uint8Array): string => {
    const file = join(directory, `${createHash('sha256').update(bytes).digest('hex')}.pdf`)
    writeFileSync(file, bytes)
    return file
  }
  return {
    written,
    textOf: (bytes: Uint8Array) =>
      execFileSync('pdftotext', ['-layout', written(bytes), '-'], { encoding: 'utf8' }),
    signatureOf: (bytes: Uint8Array) =>
      spawnSync('pdfsig', [written(bytes)], { encoding: 'utf8' }).stdout,
  }
}
