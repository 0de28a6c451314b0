import { expect, test } from 'vitest'
import { answerTone, stepTone } from './answer-tone.ts'

test('green is only what leaves nothing to do', () => {
  const tone = (assessment: Parameters<typeof answerTone>[0]['assessment']) =>
    answerTone({ step: 'assessed', assessment })
  expect(tone('affected')).toBe('high')
  expect(tone('need_help')).toBe('critical')
  expect(tone('patched')).toBe('good')
  expect(answerTone({ step: 'returned', assessment: 'patched' })).toBe('high')
  expect(answerTone({ step: 'verified', assessment: 'affected' })).toBe('good')
  expect(stepTone('delivered')).toBe('accent')
})
