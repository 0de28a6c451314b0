import { expect, test } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

test('members are sorted by code units and nothing depends on how the value was built', () => {
  expect(canonicalJson({ b: [1e21, -0, 0.1], a: { z: null, Z: 'é"' }, u: undefined })).toBe(
    '{"a":{"Z":"é\\"","z":null},"b":[1e+21,0,0.1]}',
  )
  // RFC 8785 section 3.2.3: U+FB33 sorts after U+1F600, whose first code unit is smaller.
  expect(canonicalJson({ '\ufb33': 1, '\u{1f600}': 2 })).toBe('{"\u{1f600}":2,"\ufb33":1}')
})
