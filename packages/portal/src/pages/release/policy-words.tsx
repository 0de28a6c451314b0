import type { ReleaseDecision, ReleaseRule } from '@haidang/contracts/release'
import { useLingui } from '@lingui/react/macro'
import { Pill, type Tone } from '../../components/pill.tsx'
import { useWords } from '../../language/use-words.ts'

const tones: Readonly<Record<ReleaseDecision, Tone>> = {
  send: 'accent',
  masked: 'medium',
  counts: 'neutral',
  keep: 'good',
}

/** What becomes of records, in one word. */
export function Decision({ decision }: { decision: ReleaseDecision }) {
  const { label } = useWords()
  return <Pill tone={tones[decision]}>{label('releaseDecision', decision)}</Pill>
}

type Scope = Pick<ReleaseRule, 'streams' | 'classes' | 'categories' | 'tlp' | 'sources' | 'systems'>

/** Which records a rule or an exception means. */
export function ScopeWords({ scope }: { scope: Scope }) {
  const { t } = useLingui()
  const { label } = useWords()
  const parts = [
    scope.streams.map((stream) => label('releaseStream', stream)).join(', '),
    scope.tlp.length > 0 ? `TLP ${scope.tlp.join(', ').toUpperCase()}` : '',
    scope.sources.length > 0 ? t`nguồn ${scope.sources.join(', ')}` : '',
    scope.systems.length > 0 ? t`hệ thống ${scope.systems.join(', ')}` : '',
    scope.classes.length > 0 ? t`lớp OCSF ${scope.classes.join(', ')}` : '',
    scope.categories.length > 0 ? t`nhóm OCSF ${scope.categories.join(', ')}` : '',
  ].filter((part) => part !== '')
  return <>{parts.length > 0 ? parts.join(' · ') : t`mọi bản ghi`}</>
}

/** What a rule does to fields. */
export function TreatmentWords({ rule }: { rule: Pick<ReleaseRule, 'fields'> }) {
  const { label } = useWords()
  return (
    <>
      {rule.fields
        .map(({ field, how }) => `${label('releaseField', field)}: ${label('treatment', how)}`)
        .join(' · ')}
    </>
  )
}
