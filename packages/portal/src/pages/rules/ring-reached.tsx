import type { RuleSet } from '@haidang/contracts/rule-set'
import { useLingui } from '@lingui/react/macro'
import { Pill } from '../../components/pill.tsx'
import { useWords } from '../../language/use-words.ts'

/** The widest ring a set was rolled out to. */
export function RingReached({ set: { ring } }: { set: Pick<RuleSet, 'ring'> }) {
  const { t } = useLingui()
  const { label } = useWords()
  if (ring === null) return <Pill>{t`Chưa phát`}</Pill>
  return <Pill tone={ring === 'general' ? 'good' : 'accent'}>{label('ring', ring)}</Pill>
}
