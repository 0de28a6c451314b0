import { type Paper, settled } from './paper.ts'
import { drawBlock } from './pdf-blocks.ts'
import { drawFoot } from './pdf-foot.ts'
import { drawHead } from './pdf-head.ts'
import { PdfPages } from './pdf-pages.ts'

/**
 * Lays a paper out as a tagged PDF whose letters are embedded and whose text can be searched. The same paper gives the
 * same bytes. Throws Problem document.too-large.
 */
export async function writePdf(given: Paper): Promise<Uint8Array> {
  const paper = settled(given)
  const pages = await PdfPages.open(paper)
  drawHead(pages, paper)
  for (const [n, block] of paper.blocks.entries()) {
    await drawBlock(pages, block)
    if (n % 25 === 24) await new Promise<void>((resolve) => setImmediate(resolve))
  }
  drawFoot(pages, paper)
  return pages.close()
}
