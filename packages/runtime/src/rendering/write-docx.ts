import { Document, Packer } from 'docx'
import { docxBlock } from './docx-blocks.ts'
import { docxFoot, docxHead } from './docx-head.ts'
import { docxMarks } from './docx-marks.ts'
import { officeFont, twips } from './docx-text.ts'
import { type Paper, settled } from './paper.ts'
import { page, paragraph, size } from './paper-measures.ts'

/** Lays a paper out as a DOCX (ECMA-376) for further editing. Throws Problem document.too-large. */
export async function writeDocx(given: Paper): Promise<Uint8Array> {
  const paper = settled(given)
  const document = new Document({
    title: paper.title,
    creator: paper.head.issuer,
    lastModifiedBy: paper.head.issuer,
    description: paper.subject,
    styles: {
      default: {
        document: {
          run: {
            font: officeFont,
            size: size.body * 2,
            language: { value: paper.language === 'vi' ? 'vi-VN' : 'en-GB' },
          },
          paragraph: { spacing: { line: Math.round(240 * (paragraph.leading - 0.1)) } },
        },
        heading1: { run: { font: officeFont, color: '000000' } },
        heading2: { run: { font: officeFont, color: '000000' } },
      },
    },
    sections: [
      {
        properties: {
          titlePage: true,
          page: {
            size: { width: twips(page.width), height: twips(page.height) },
            margin: {
              top: twips(page.top),
              bottom: twips(page.bottom),
              left: twips(page.left),
              right: twips(page.right),
              header: twips(page.top / 2 - size.mark / 2),
              footer: twips(page.bottom / 2 - size.mark / 2),
            },
          },
        },
        ...docxMarks(paper.marks),
        children: [...docxHead(paper), ...paper.blocks.flatMap(docxBlock), ...docxFoot(paper)],
      },
    ],
  })
  return Packer.toBuffer(document)
}
