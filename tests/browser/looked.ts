import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { axeFindings } from './axe.ts'
import { sidewaysScroll } from './overflow.ts'
import { settled } from './visitor.ts'

/** A settled page on which axe finds nothing serious and that, on a telephone, does not scroll sideways. */
export async function looked(page: Page): Promise<void> {
  await settled(page)
  expect(await axeFindings(page)).toEqual([])
  if ((page.viewportSize()?.width ?? 0) < 640) expect(await sidewaysScroll(page)).toEqual([])
}
