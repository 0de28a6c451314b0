import type { Advisory } from '@haidang/contracts/advisory'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Section } from '../../components/page.tsx'
import { LoadingRows } from '../../components/states.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { ContentDiff } from './content-diff.tsx'

/** What each version changed and why, the newest first. */
export function Versions({ advisory: { id, version } }: { advisory: Advisory }) {
  const { t } = useLingui()
  const { label } = useWords()
  const query = useQuery({
    queryKey: ['advisories', 'versions', id, version],
    queryFn: ({ signal }) => api.advisories.versions({ params: { id } }, signal),
  })
  return (
    <Section title={t`Các bản`} count={version}>
      <Asked query={query} loading={<LoadingRows rows={3} />}>
        {({ items }) => (
          <ol className="divide-y divide-line text-13">
            {items.map((one, place) => {
              const before = items[place + 1]
              return (
                <li key={one.version} className="py-2">
                  <p className="flex flex-wrap gap-x-2 text-12 text-ink-3">
                    <span className="font-semibold text-13 text-ink">
                      {one.state === 'cancelled'
                        ? label('advisoryState', one.state)
                        : t`Bản ${one.version}`}
                    </span>
                    <span>{one.actor_name}</span>
                    <Time at={one.time} as="absolute" />
                  </p>
                  <p className="break-words">{one.change_note || t`Phát hành lần đầu`}</p>
                  {before && one.state === 'published' ? (
                    <details>
                      <summary className="min-h-6 cursor-pointer text-12 text-accent">
                        {t`Khác bản ${before.version}`}
                      </summary>
                      <ContentDiff before={before} after={one} />
                    </details>
                  ) : null}
                </li>
              )
            })}
          </ol>
        )}
      </Asked>
    </Section>
  )
}
