import { useLingui } from '@lingui/react/macro'
import { Section } from '../../components/page.tsx'
import { Pill } from '../../components/pill.tsx'
import { useWords } from '../../language/use-words.ts'
import type { Opened, Outdated } from './coverage-model.ts'

interface OutdatedProps {
  readonly techniques: readonly Outdated[]
  readonly version: string
  readonly onOpen: (opened: Opened) => void
}

/** Techniques that rules name and this version of ATT&CK does not have: their tags want to be brought up to date. */
export function OutdatedTechniques({ techniques, version, onOpen }: OutdatedProps) {
  const { t } = useLingui()
  const { number } = useWords()
  if (techniques.length === 0) return null
  return (
    <Section title={t`Kỹ thuật không có trong ATT&CK ${version}`} count={number(techniques.length)}>
      <ul className="divide-y divide-line">
        {techniques.map(({ id, name, state, successor, rules }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
            <span className="font-mono text-12">{id}</span>
            <span>{name}</span>
            <State state={state} />
            {successor ? (
              <span className="text-12 text-ink-2">{t`nay là ${successor}`}</span>
            ) : null}
            <button
              type="button"
              onClick={() => onOpen({ title: `${id} ${name ?? ''}`, rules })}
              className="ml-auto min-h-6 text-accent hover:underline"
            >
              {t`${number(rules.length)} luật`}
            </button>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function State({ state }: Pick<Outdated, 'state'>) {
  const { t } = useLingui()
  if (state === 'revoked') return <Pill tone="medium">{t`Đã bị thay`}</Pill>
  if (state === 'deprecated') return <Pill tone="medium">{t`Không còn dùng`}</Pill>
  return <Pill tone="critical">{t`Không rõ`}</Pill>
}
