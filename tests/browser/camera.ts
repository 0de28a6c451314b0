import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { axeFindings } from './axe.ts'
import { sidewaysScroll } from './overflow.ts'
import type { Standing } from './people.ts'
import { complaintsOf, type Look, settled, visitor } from './visitor.ts'
import type { Visit, Who } from './visits.ts'

interface CameraOptions {
  readonly browser: Browser
  readonly out: string
  readonly people: Partial<Record<Who, Standing>>
  /** Pages open at the same time. */
  readonly hands: number
  /** Grows the window to the length of the page, to see all of it. */
  readonly tall: boolean
}

/** What was found wrong on pictures, one line each. */
type Faults = string[]

/** Takes the pictures of a list of visits under each look, and gives back what is wrong on them. */
export async function takePictures(
  visits: readonly Visit[],
  looks: readonly Look[],
  options: CameraOptions,
): Promise<Faults> {
  await mkdir(options.out, { recursive: true })
  const faults: Faults = []
  for (const look of looks) {
    const contexts = new Map<Who, Promise<BrowserContext>>()
    const contextOf = (who: Who) => {
      const known = contexts.get(who) ?? open(who, look, options)
      contexts.set(who, known)
      return known
    }
    const waiting = [...visits]
    const hand = async () => {
      for (let visit = waiting.shift(); visit; visit = waiting.shift()) {
        faults.push(...(await picture(visit, look, await contextOf(visit.who), options)))
      }
    }
    await Promise.all(Array.from({ length: options.hands }, hand))
    for (const context of contexts.values()) await (await context).close()
  }
  return faults
}

function open(who: Who, look: Look, { browser, people }: CameraOptions): Promise<BrowserContext> {
  const standing = people[who]
  if (!standing) throw new Error(`nobody is the ${who}`)
  return visitor(browser, standing.url, look, standing.cookie)
}

async function picture(
  visit: Visit,
  look: Look,
  context: BrowserContext,
  { out, tall }: CameraOptions,
): Promise<Faults> {
  const name = `${visit.name}-${look.language}-${look.theme}-${look.width}`
  const page = await context.newPage()
  const complaints = complaintsOf(page)
  try {
    await arrive(visit, look, page)
    if (tall) await grow(page)
    await page.screenshot({ path: join(out, `${name}.png`), animations: 'disabled', caret: 'hide' })
    const findings = await axeFindings(page)
    const sideways = look.width < 640 ? await sidewaysScroll(page) : []
    return [
      ...findings.map(
        (f) => `${name}: axe ${f.impact} ${f.rule}: ${f.help}\n    ${f.where.join('\n    ')}`,
      ),
      ...sideways.map((element) => `${name}: scrolls sideways: ${element}`),
      ...complaints.map((complaint) => `${name}: ${complaint}`),
    ]
  } catch (error) {
    const text = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    await page.screenshot({ path: join(out, `${name}-failed.png`) })
    return [`${name}: could not be taken: ${text}`, ...complaints.map((line) => `${name}: ${line}`)]
  } finally {
    await page.close()
  }
}

async function arrive(visit: Visit, look: Look, page: Page): Promise<void> {
  page.setDefaultTimeout(15_000)
  await visit.arrange?.(page)
  await page.goto(visit.path)
  if (!visit.unsettled) await settled(page)
  await visit.act?.(page, look)
  if (!visit.unsettled) await settled(page)
}

/** Makes the window as high as what scrolls in it. */
async function grow(page: Page): Promise<void> {
  const more = await page.evaluate(() =>
    Math.max(
      0,
      ...[...document.querySelectorAll('main *, body')].map(
        (element) => element.scrollHeight - element.clientHeight,
      ),
    ),
  )
  const size = page.viewportSize()
  if (!size || more < 2) return
  await page.setViewportSize({ width: size.width, height: Math.min(3000, size.height + more) })
  await settled(page)
}
