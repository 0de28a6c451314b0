import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const known = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The Chromium to drive: HAIDANG_BROWSER, else where distributions put it. */
function browserPath(): string | undefined {
  return process.env['HAIDANG_BROWSER'] || known.find(existsSync)
}

/** For `test.skipIf`: says why when it is true. Under CI=true it never is, so that the tests fail instead. */
export function browserMissing(): boolean {
  if (browserPath() || process.env['CI'] === 'true') return false
  console.warn('skipped: no browser on this machine (Debian: chromium)')
  return true
}

/** Starts a headless Chromium that talks to nobody but the pages it is sent to. */
export function openBrowser(): Promise<Browser> {
  const executablePath = browserPath()
  if (!executablePath) throw new Error('no browser on this machine (Debian: chromium)')
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--font-render-hinting=none',
      // Dates in input fields are written as the browser's own language has them.
      '--lang=vi-VN',
    ],
  })
}
