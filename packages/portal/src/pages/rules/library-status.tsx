import type { LibraryRule } from '@haidang/contracts/rule-library'
import { Pill } from '../../components/pill.tsx'
import { useWords } from '../../language/use-words.ts'
import { ruleStatusTones } from './library-words.ts'

/** Where a rule of the library stands on its way to the stations. */
export function LibraryStatus({ rule }: { rule: Pick<LibraryRule, 'status'> }) {
  const { label } = useWords()
  return <Pill tone={ruleStatusTones[rule.status]}>{label('libraryRuleStatus', rule.status)}</Pill>
}
