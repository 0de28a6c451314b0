import { connectionRules } from './connection-rules.ts'
import { downRules } from './down-rules.ts'
import { envelopeRules } from './envelope-rules.ts'
import type { Rule } from './rule.ts'
import { hostileRules, numberingRules } from './stream-rules.ts'

/** Every rule a parent must keep, in the order they are tried. */
export const parentRules: readonly Rule[] = [
  ...connectionRules,
  ...numberingRules,
  ...hostileRules,
  ...envelopeRules,
  ...downRules,
]
