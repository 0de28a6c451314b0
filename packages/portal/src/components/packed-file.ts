import { base64Of } from '../format/base64.ts'

/** A chosen file as the node takes it: separated values packed, since a workbook is packed already. */
export async function packedFile(chosen: FormDataEntryValue | null) {
  if (!(chosen instanceof File)) throw new Error('no file was chosen')
  const isWorkbook = /\.xlsx$/i.test(chosen.name)
  const stream = isWorkbook
    ? chosen.stream()
    : chosen.stream().pipeThrough(new CompressionStream('gzip'))
  const packed = await new Response(stream).blob()
  const format: 'csv' | 'xlsx' = isWorkbook ? 'xlsx' : 'csv'
  return { name: chosen.name.slice(0, 255), format, content: await base64Of(packed) }
}
