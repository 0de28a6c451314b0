import type { Incident } from '@haidang/contracts/incident'
import type { Given, IncidentMerge, IncidentUnmerged } from '@haidang/contracts/incident-merge'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { Field, Select } from '../../components/field.tsx'
import { MoreRows } from '../../components/more-rows.tsx'
import { Section } from '../../components/page.tsx'
import { Failure } from '../../components/states.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { useIncidentRefusal } from '../incidents/incident-refusal.ts'
import { IncidentName } from './incident-picker.tsx'
import { useUnmergeIncidents } from './use-ties.ts'

/** Says that another incident stands for this one. */
export function MergedInto({ incident }: { incident: Incident }) {
  if (incident.merged_into === null) return null
  return (
    <p className="border-line border-y py-3 text-13">
      <Trans>
        Sự cố này đã gộp vào{' '}
        <Link
          to="/incidents/$id"
          params={{ id: incident.merged_into }}
          className="text-accent hover:underline"
        >
          sự cố khác
        </Link>
        : xử lý ở đó, hoặc tách ra ở đó.
      </Trans>
    </p>
  )
}

/** What was merged under an incident, and the way to take it apart. */
export function Merges({ incident }: { incident: Incident }) {
  const { t } = useLingui()
  const refusal = useIncidentRefusal(incident)
  const [asked, setAsked] = useState<IncidentMerge | null>(null)
  const { query, items } = usePages({
    queryKey: ['incidents', 'merges', incident.id, incident.version],
    read: (cursor, signal) =>
      api.incidentMerges.list(
        { params: { id: incident.id }, query: { limit: 20, cursor } },
        signal,
      ),
  })
  if (items.length === 0 && !query.error) return null
  return (
    <Section title={t`Sự cố đã gộp`} count={incident.merged_ids.length}>
      {query.error && items.length === 0 ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      <ul className="divide-y divide-line">
        {items.map((merge) => (
          <li key={merge.id} className="flex flex-col gap-1 py-2">
            {merge.incidents.map((one) => (
              <Link
                key={one.id}
                to="/incidents/$id"
                params={{ id: one.id }}
                className="hover:underline"
              >
                <IncidentName incident={one} />
              </Link>
            ))}
            <div className="flex flex-wrap items-center gap-3 text-12 text-ink-2">
              <Time at={merge.merged_at} as="absolute" />
              <span className="min-w-0 flex-1 break-words">{merge.reason}</span>
              <Button
                size="small"
                refusal={refusal('incident.handle')}
                onClick={() => setAsked(merge)}
              >
                {t`Tách ra…`}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <MoreRows query={query} />
      {asked ? (
        <UnmergeDialog head={incident} merge={asked} onClose={() => setAsked(null)} />
      ) : null}
    </Section>
  )
}

interface UnmergeProps {
  readonly head: Incident
  readonly merge: IncidentMerge
  readonly onClose: () => void
}

/** What hung on each goes with it; what was added to the head since stays, unless somebody says otherwise. */
function UnmergeDialog({ head, merge, onClose }: UnmergeProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const [places, setPlaces] = useState<Readonly<Record<string, string>>>({})
  const unmerge = useUnmergeIncidents(onClose)
  const apart = (incidents: IncidentUnmerged) => {
    const give = merge.since.flatMap(({ kind, id }): Given[] => {
      const to = places[id]
      return to ? [{ kind, id, to }] : []
    })
    unmerge.mutate({ id: merge.id, incidents, give })
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={<Plural value={merge.incidents.length} other="Tách # sự cố ra" />}
      about={t`Mỗi sự cố mang theo những gì gắn với nó từ trước. Những gì thêm vào ${head.number} sau khi gộp thì chọn ở dưới.`}
    >
      <div className="flex flex-col gap-4">
        {merge.since.map(({ kind, id, label: name }) => (
          <Field key={id} label={`${label('belongingKind', kind)}: ${name}`}>
            <Select
              value={places[id] ?? ''}
              onChange={(event) => setPlaces({ ...places, [id]: event.target.value })}
            >
              <option value="">{t`Ở lại ${head.number}`}</option>
              {merge.incidents.map((one) => (
                <option key={one.id} value={one.id}>
                  {t`Đi theo ${one.number}`}
                </option>
              ))}
            </Select>
          </Field>
        ))}
        {merge.head_changed ? (
          <p className="max-w-[60ch] text-13">
            {t`Sau khi gộp, sự cố chính đã thay đổi. Các sự cố tách ra trở về như trước khi gộp, hay theo trạng thái và người phụ trách của sự cố chính?`}
          </p>
        ) : null}
        <Acts>
          <Button look="primary" busy={unmerge.isPending} onClick={() => apart('as-before')}>
            {t`Như trước khi gộp`}
          </Button>
          {merge.head_changed ? (
            <Button busy={unmerge.isPending} onClick={() => apart('as-head')}>
              {t`Như sự cố chính bây giờ`}
            </Button>
          ) : null}
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </div>
    </Dialog>
  )
}
