// `npm run screenshots [-- --quick] [--only NAME,…] [--out DIR] [--tall] [--readme]`: drives the demonstration in a real
// browser, writes a picture of every page, and fails on what is wrong with them.
import { copyFile, mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openBrowser } from './browser.ts'
import { takePictures } from './camera.ts'
import { startDemonstration } from './demonstration.ts'
import { playNextChapter } from './next-chapter.ts'
import { peopleOf, setUpFresh } from './people.ts'
import { setUpVisits, stateVisits } from './state-visits.ts'
import type { Look } from './visitor.ts'
import { pageVisits, type Visit } from './visits.ts'

const root = join(import.meta.dirname, '../..')
const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    out: { type: 'string', default: join(root, 'screenshots') },
    tall: { type: 'boolean', default: false },
    readme: { type: 'boolean', default: false },
  },
})

const all: Look[] = (['vi', 'en'] as const).flatMap((language) =>
  (['light', 'dark'] as const).flatMap((theme) =>
    [1280, 390].map((width) => ({ language, theme, width })),
  ),
)
const few: Look[] = [
  { language: 'vi', theme: 'light', width: 1280 },
  { language: 'en', theme: 'dark', width: 390 },
]
const looks = options.readme ? few.slice(0, 1) : options.quick ? few : all
const only = options.readme ? ['overview'] : options.only?.split(',')
const chosen = (visits: readonly Visit[]) =>
  visits.filter(({ name, quick }) => (only ? only.includes(name) : !options.quick || quick))

const faults = await run()
console.log(
  faults.length > 0 ? `\n${faults.length} faults:\n${faults.join('\n')}` : 'Nothing wrong found.',
)
process.exitCode = faults.length > 0 ? 1 : 0

async function run(): Promise<string[]> {
  const began = performance.now()
  await using demo = await startDemonstration(console.log)
  await playNextChapter(demo)
  const out = resolve(options.out)
  const people = await peopleOf(demo)
  await using browser = await openBrowser()
  const camera = { browser, out, hands: 3, tall: options.tall }
  const setUp = chosen(setUpVisits(demo.fresh.setup_token ?? ''))
  const found = await takePictures(setUp, looks, { ...camera, people })
  const everybody = { ...people, 'administrator of a fresh node': await setUpFresh(demo) }
  const rest = chosen([
    ...(await pageVisits(
      await demo.signIn('centre', 'coordinator'),
      await demo.signIn('centre', 'administrator'),
    )),
    ...stateVisits,
  ])
  found.push(...(await takePictures(rest, looks, { ...camera, people: everybody })))
  if (options.readme) await keepForReadme(out)
  const seconds = Math.round((performance.now() - began) / 1000)
  console.log(`${(setUp.length + rest.length) * looks.length} pictures in ${out}, ${seconds} s`)
  return found
}

async function keepForReadme(out: string): Promise<void> {
  const pictures = join(root, 'docs/pictures')
  await mkdir(pictures, { recursive: true })
  const name = 'overview-vi-light-1280.png'
  await copyFile(join(out, name), join(pictures, name))
}
