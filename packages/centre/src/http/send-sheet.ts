import type { SheetFormat } from '@haidang/contracts/sheet-import'
import { sheetMediaTypes } from '@haidang/runtime/sheets/write-sheet'
import type { FastifyReply } from 'fastify'

/** Answers with a sheet to keep; the handler has nothing more to say. */
export async function sendSheet(
  reply: FastifyReply,
  name: string,
  format: SheetFormat,
  bytes: Uint8Array,
): Promise<void> {
  await reply
    .header('content-type', sheetMediaTypes[format])
    .header('content-disposition', `attachment; filename="${name}.${format}"`)
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .send(Buffer.from(bytes))
}
