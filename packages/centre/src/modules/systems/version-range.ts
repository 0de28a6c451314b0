/** Words that stand before what they name: `7.2-rc1` comes before `7.2`. */
const early = /^(?:alpha|beta|rc|pre|preview|dev|snapshot)$/

type Part = number | string

function partsOf(version: string): Part[] {
  return (
    version
      .toLowerCase()
      .replace(/^v(?=\d)/, '')
      .match(/\d+|[a-z]+/g) ?? []
  ).map((part) => (/^\d/.test(part) ? Number(part) : part))
}

/** Where a part stands against another: early words, then nothing and 0, then letters, then numbers. */
function weight(part: Part | undefined): readonly [number, Part] {
  if (part === undefined || part === 0) return [1, 0]
  if (typeof part === 'number') return [3, part]
  return [early.test(part) ? 0 : 2, part]
}

/** Negative where the first is older, positive where it is newer, part by part as numbers or words. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)]
  for (let place = 0; place < Math.max(left.length, right.length); place++) {
    const [rankA, partA] = weight(left[place])
    const [rankB, partB] = weight(right[place])
    if (rankA !== rankB) return rankA - rankB
    if (partA !== partB) return partA < partB ? -1 : 1
  }
  return 0
}

type Holds = (version: string) => boolean

const tests: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
  '=': (order) => order === 0,
}

/**
 * Reads `< 7.2.3`, `>= 7, < 7.2.3` (both), `6.4 || < 6` (either); empty is every version. Undefined where it is none of
 * that.
 */
export function readVersionRange(written: string): Holds | undefined {
  if (written.trim() === '' || written.trim() === '*') return () => true
  const either: Holds[] = []
  for (const some of written.split('||')) {
    const all: Holds[] = []
    for (const one of some.split(',')) {
      const [, sign = '=', version = ''] =
        /^\s*(<=|>=|<|>|=)?\s*(v?\d[\w.+~-]*)\s*$/.exec(one) ?? []
      const holds = tests[sign || '=']
      if (version === '' || !holds) return undefined
      all.push((asked) => holds(compareVersions(asked, version)))
    }
    either.push((asked) => all.every((holds) => holds(asked)))
  }
  return (asked) => either.some((holds) => holds(asked))
}
