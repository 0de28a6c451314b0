import type { Incident } from '@haidang/contracts/incident'
import type { IncidentObservable } from '@haidang/contracts/incident-observable'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link2, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { usePages } from '../../api/pages.ts'
import { useMay } from '../../api/session.ts'
import { Button } from '../../components/button.tsx'
import { MoreRows } from '../../components/more-rows.tsx'
import { Section } from '../../components/page.tsx'
import { Pill } from '../../components/pill.tsx'
import { SheetLinks } from '../../components/sheet-links.tsx'
import { Failure, LoadingRows } from '../../components/states.tsx'
import { Time } from '../../components/time.tsx'
import { complain, say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'
import { useIncidentRefusal } from '../incidents/incident-refusal.ts'
import { AddObservables } from './add-observables.tsx'
import { ElsewhereDialog } from './elsewhere-dialog.tsx'

/** Addresses, names and hashes that were seen in an incident, and where else they were. */
export function IncidentObservables({ incident }: { incident: Incident }) {
  const { t } = useLingui()
  const refusal = useIncidentRefusal(incident)
  const [adding, setAdding] = useState(false)
  const { query, items } = usePages({
    queryKey: ['observables', incident.id],
    read: (cursor, signal) =>
      api.incidentObservables.list(
        { params: { id: incident.id }, query: { limit: 50, cursor } },
        signal,
      ),
  })
  return (
    <Section
      title={t`Giá trị quan sát`}
      count={items.length || undefined}
      acts={
        <>
          {items.length > 0 ? (
            <SheetLinks path={`/api/v1/incidents/${incident.id}/observables/export`} />
          ) : null}
          <Button
            size="small"
            refusal={refusal('incident.handle')}
            onClick={() => setAdding(true)}
          >{t`Thêm, dán…`}</Button>
        </>
      }
    >
      {query.isPending ? <LoadingRows rows={2} /> : null}
      {query.error && items.length === 0 ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.data && items.length === 0 ? (
        <p className="py-2 text-ink-3">{t`Chưa có địa chỉ, tên miền, mã băm nào. Dán báo cáo hoặc nhật ký để lọc ra.`}</p>
      ) : null}
      <ul className="divide-y divide-line">
        {items.map((item) => (
          <Line key={item.id} item={item} />
        ))}
      </ul>
      <MoreRows query={query} />
      {adding ? <AddObservables incidentId={incident.id} onClose={() => setAdding(false)} /> : null}
    </Section>
  )
}

function Line({ item }: { item: IncidentObservable }) {
  const { t } = useLingui()
  const { label, number } = useWords()
  const may = useMay()
  const client = useQueryClient()
  const describe = useDescribe()
  const [looking, setLooking] = useState(false)
  const { value, kind, tags, note, sightings, elsewhere } = item
  const remove = useMutation({
    mutationFn: () => api.incidentObservables.remove({ params: { id: item.id } }),
    onSuccess: () => {
      say(t`Đã bỏ ${value}`)
      void client.invalidateQueries({ queryKey: ['observables'] })
    },
    onError: (error) => complain(describe(error).title),
  })
  return (
    <li className="flex items-start gap-2 py-1.5">
      <div className="min-w-0 flex-1">
        <code className="break-all text-13">{value}</code>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-12 text-ink-2">
          <span>{label('observableKind', kind)}</span>
          <span>
            {t`Thấy lần cuối`}: <Time at={item.last_seen_at} />
          </span>
          {sightings > 1 ? <span>×{number(sightings)}</span> : null}
          {tags.map((tag) => (
            <Pill key={tag}>{tag}</Pill>
          ))}
          {note ? <span className="break-words">{note}</span> : null}
        </p>
      </div>
      {elsewhere > 0 ? (
        <Button size="small" onClick={() => setLooking(true)}>
          <Link2 aria-hidden="true" className="size-3.5" />
          {t`Sự cố khác: ${number(elsewhere)}`}
        </Button>
      ) : null}
      {may('incident.handle') ? (
        <Button
          look="quiet"
          size="icon"
          aria-label={t`Bỏ ${value}`}
          busy={remove.isPending}
          onClick={() => remove.mutate()}
        >
          <Trash2 aria-hidden="true" className="size-4" />
        </Button>
      ) : null}
      {looking ? <ElsewhereDialog item={item} onClose={() => setLooking(false)} /> : null}
    </li>
  )
}
