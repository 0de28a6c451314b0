import type { Page } from 'playwright-core'

/**
 * What makes a page scroll sideways: boxes wider than the window, or than the scrolled area they stand in. Areas that
 * are meant to (`overflow-x-auto`, for tables and raw records) are left alone.
 */
export function sidewaysScroll(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const meant = (element: PageElement) =>
      /overflow-(x-)?(auto|hidden|scroll)/.test(element.className)
    const scrolls = (element: PageElement) =>
      element.scrollWidth > element.clientWidth + 1 &&
      ['auto', 'scroll'].includes(getComputedStyle(element).overflowX)
    const found = [...document.querySelectorAll('main *')].filter(
      (element) => scrolls(element) && !meant(element),
    )
    const root = document.documentElement
    if (root.scrollWidth > root.clientWidth) found.unshift(root)
    return found.map(
      (element) =>
        `${element.tagName.toLowerCase()}.${element.className} ${element.scrollWidth} px`,
    )
  })
}
