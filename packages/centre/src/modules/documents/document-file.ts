import type { DocumentFile, DocumentFormat } from '@haidang/contracts/document'
import type { Paper } from '@haidang/runtime/rendering/paper'
import { writeDocx } from '@haidang/runtime/rendering/write-docx'
import { writePdf } from '@haidang/runtime/rendering/write-pdf'

const mediaTypes: Readonly<Record<DocumentFormat, string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
}

/** A paper as a file of a format. Throws Problem document.too-large. */
export async function rendered(
  paper: Paper,
  name: string,
  format: DocumentFormat,
): Promise<DocumentFile> {
  const bytes = format === 'pdf' ? await writePdf(paper) : await writeDocx(paper)
  return fileOf(name, format, bytes)
}

/** Bytes as the API hands them over; the name is one every system can keep. */
export function fileOf(name: string, format: DocumentFormat, bytes: Uint8Array): DocumentFile {
  const plain = name.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 120)
  return {
    name: `${plain}.${format}`,
    media_type: mediaTypes[format],
    content: Buffer.from(bytes).toString('base64'),
  }
}
