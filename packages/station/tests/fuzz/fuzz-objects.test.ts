import { expect, test } from 'vitest'
import { fuzz } from './fuzz.ts'
import { targetsOf } from './record-targets.ts'

// A million each: `npm run prove -- fuzz`.
test.each(targetsOf('objects'))(
  'ten thousand neighbours of $name are read or refused',
  (target) => {
    expect(fuzz(target, 10_000, 4).failures).toEqual([])
  },
)
