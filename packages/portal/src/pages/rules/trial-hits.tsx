import type { TrialHit } from '@haidang/contracts/rule-library'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { Matches } from '../../components/matches.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'

interface TrialHitsProps {
  readonly hits: readonly TrialHit[]
  readonly total: number
  /** Whether the reader may look the events up. */
  readonly linked: boolean
}

/** The first hits of a trial, each with what made it. */
export function TrialHits({ hits, total, linked }: TrialHitsProps) {
  const { t } = useLingui()
  const { number } = useWords()
  return (
    <div>
      <h3 className="pb-1 text-12 text-ink-3">
        {hits.length < total ? t`${number(hits.length)} lần đầu tiên` : t`Các lần nổ`}
      </h3>
      <ul className="max-h-96 divide-y divide-line overflow-y-auto border-y">
        {hits.map((hit) => (
          <li key={`${hit.event_id} ${hit.line} ${hit.rule_id}`} className="py-1.5">
            <details>
              <summary className="flex min-h-6 cursor-pointer items-center gap-3">
                <Time at={hit.time} as="clock" className="w-28 shrink-0 text-ink-2" />
                <code className="truncate text-12">{hit.message}</code>
              </summary>
              <div className="flex flex-col gap-2 py-2 md:pl-4">
                <Matches matches={hit.matches} />
                {linked && hit.event_id ? (
                  <Link
                    to="/events"
                    search={{ q: `id:${hit.event_id}`, range: '30d' }}
                    className="text-12 text-accent hover:underline"
                  >
                    {t`Mở sự kiện`}
                  </Link>
                ) : null}
              </div>
            </details>
          </li>
        ))}
      </ul>
    </div>
  )
}
