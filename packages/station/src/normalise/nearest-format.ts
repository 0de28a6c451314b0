import type { KnownFormat } from '@haidang/contracts/record-format'
import type { NearestFormat } from '@haidang/contracts/record-survey'
import { formatMarks } from './format-marks.ts'

const longestLooked = 16_384
/** Fewer marks than this are chance. */
const fewestMarks = 2
/** Fewer values than this are words with a comma in between. */
const fewestValues = 5
const longestValue = 40
const separators = [';', '\t', '|', ','] as const

type Marks = readonly (readonly [KnownFormat, readonly string[]])[]

const all = Object.entries(formatMarks) as unknown as Marks
/** Names of members, of formats whose marks they are. */
const members: Marks = all.flatMap(([format, marks]) => {
  const names = marks.flatMap((mark) => /^"(\w+)"$/.exec(mark)?.[1] ?? [])
  return names.length >= fewestMarks ? [[format, names] as const] : []
})

/**
 * The format whose marks a text holds most of, those it holds and those it lacks; undefined where none has two. For texts
 * that nobody recognised: it tells a person what to look at, and decides nothing. Looks at the first 16 kB.
 */
export function nearestFormat(text: string): NearestFormat | undefined {
  const start = text.slice(0, longestLooked)
  return nearestOf(all, (mark) => start.includes(mark)) ?? separatedValues(start)
}

const memberNames = new Set(members.flatMap(([, names]) => names))

/** The same for an object, by the names of its members. */
export function nearestOfObject(object: object): NearestFormat | undefined {
  // Of every object of no product: one walk over its names tells most from all formats.
  let known = 0
  for (const name in object) if (memberNames.has(name)) known++
  if (known < fewestMarks) return undefined
  return nearestOf(members, (name) => Object.hasOwn(object, name))
}

function nearestOf(formats: Marks, has: (mark: string) => boolean): NearestFormat | undefined {
  let best: NearestFormat | undefined
  let most = 0
  for (const [format, marks] of formats) {
    const found = marks.filter(has)
    const share = found.length / marks.length
    if (found.length < fewestMarks || share <= most) continue
    most = share
    best = { format, found, missing: marks.filter((mark) => !found.includes(mark)) }
  }
  return best
}

/** Short values with the same sign between them, and nothing that names them. */
function separatedValues(text: string): NearestFormat | undefined {
  const line = text.split('\n', 1)[0] ?? ''
  for (const separator of separators) {
    const values = line.split(separator, 512)
    if (values.length < fewestValues || line.length > values.length * longestValue) continue
    const found = [`${values.length} × ${JSON.stringify(separator)}`]
    return { format: 'csv', found, missing: ['#Columns:'] }
  }
  return undefined
}
