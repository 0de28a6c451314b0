import type { Browser, BrowserContext, Page } from 'playwright-core'

/** How a page is looked at. */
export interface Look {
  readonly language: 'vi' | 'en'
  readonly theme: 'light' | 'dark' | 'contrast'
  readonly width: number
}

export const usualLook: Look = { language: 'vi', theme: 'light', width: 1280 }

/** A browser profile of one person, with the language and theme chosen and, given a cookie, signed in. */
export function visitor(
  browser: Browser,
  url: string,
  look: Look,
  cookie?: string,
): Promise<BrowserContext> {
  const { origin, hostname } = new URL(url)
  const [name = '', ...value] = cookie?.split('=') ?? []
  return browser.newContext({
    baseURL: origin,
    viewport: { width: look.width, height: look.width < 640 ? 844 : 800 },
    locale: look.language === 'vi' ? 'vi-VN' : 'en-GB',
    timezoneId: 'Asia/Ho_Chi_Minh',
    colorScheme: look.theme === 'dark' ? 'dark' : 'light',
    reducedMotion: 'reduce',
    storageState: {
      cookies: cookie
        ? [
            {
              name,
              value: value.join('='),
              domain: hostname,
              path: '/',
              expires: -1,
              httpOnly: true,
              secure: false,
              sameSite: 'Lax',
            },
          ]
        : [],
      origins: [
        {
          origin,
          localStorage: [
            { name: 'haidang.language', value: look.language },
            { name: 'haidang.theme', value: look.theme },
          ],
        },
      ],
    },
  })
}

/** Waits until a page has its heading, its fonts and charts, nothing on it still loads, and all of it is painted. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(
    () => document.querySelector('main .pulse, main figure > div:empty') === null,
  )
  await page.evaluate(async () => {
    await document.fonts.ready
    for (const _ of ['next', 'after next']) await new Promise(requestAnimationFrame)
  })
}

/** Collects what a page complains of: exceptions, failed scripts, refusals of the content security policy. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`))
  page.on('console', (message) => {
    // Chromium reports every answer from 400 up; those are the page's business, and looked at there.
    if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return
    complaints.push(`console: ${message.text()}`)
  })
  return complaints
}
