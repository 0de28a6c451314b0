import { expect, test } from 'vitest'
import { framerTargets } from './framer-targets.ts'
import { fuzz } from './fuzz.ts'

// A million each: `npm run prove -- fuzz`.
test.each(framerTargets)('ten thousand neighbours of $name are read or refused', (target) => {
  expect(fuzz(target, 10_000, 4).failures).toEqual([])
})
