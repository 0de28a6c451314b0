import type { DocumentFile } from '@haidang/contracts/document'
import { saveFile } from '../../components/save-file.ts'

/** Hands a document to the browser as a file to keep. */
export function saveDocument({ name, media_type, content }: DocumentFile): void {
  saveFile(
    name,
    media_type,
    Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0)),
  )
}
