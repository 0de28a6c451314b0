import type { Incident } from '@haidang/contracts/incident'
import type { IncidentParticipant } from '@haidang/contracts/incident-participant'
import { Plural, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { Button } from '../../components/button.tsx'
import { MoreRows } from '../../components/more-rows.tsx'
import { Section } from '../../components/page.tsx'
import { Pill } from '../../components/pill.tsx'
import { Failure, LoadingRows } from '../../components/states.tsx'
import { useWords } from '../../language/use-words.ts'
import { useIncidentRefusal } from '../incidents/incident-refusal.ts'
import { ParticipantDialog } from './participant-dialog.tsx'
import { RemoveParticipantDialog } from './remove-participant-dialog.tsx'

/** Organisations that take part in an incident, and what of it each sees. */
export function IncidentParticipants({ incident }: { incident: Incident }) {
  const { t } = useLingui()
  const refused = useIncidentRefusal(incident)('incident.handle')
  const [isOpen, setOpen] = useState(false)
  const { id, version } = incident
  const { query, items } = usePages({
    queryKey: ['participants', id, version],
    read: (cursor, signal) =>
      api.incidentParticipants.list({ params: { id }, query: { limit: 50, cursor } }, signal),
  })
  return (
    <Section
      title={t`Tổ chức tham gia`}
      count={items.length || undefined}
      acts={
        <Button
          size="small"
          refusal={refused}
          onClick={() => setOpen(true)}
        >{t`Thêm tổ chức…`}</Button>
      }
    >
      {query.isPending ? <LoadingRows rows={2} /> : null}
      {query.error && items.length === 0 ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.data && items.length === 0 ? (
        <p className="py-2 text-ink-3">{t`Chưa có tổ chức nào khác tham gia xử lý.`}</p>
      ) : null}
      <ul className="divide-y divide-line">
        {items.map((item) => (
          <Line key={item.id} incident={incident} item={item} refusal={refused} />
        ))}
      </ul>
      <MoreRows query={query} />
      {isOpen ? <ParticipantDialog incident={incident} onClose={() => setOpen(false)} /> : null}
    </Section>
  )
}

interface LineProps {
  readonly incident: Incident
  readonly item: IncidentParticipant
  readonly refusal: string | undefined
}

function Line({ incident, item, refusal }: LineProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const [asked, setAsked] = useState<'change' | 'remove' | null>(null)
  const close = () => setAsked(null)
  const { organisation_name: name, readers } = item
  return (
    <li className="flex flex-col gap-1 py-2">
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{name}</span>
        <Pill>{label('participantRole', item.role)}</Pill>
      </p>
      <p className="text-12 text-ink-2">
        {label('participantSees', item.sees)}
        {item.may_note ? ` · ${t`được ghi chú`}` : ''}
        {' · '}
        {readers === 0 ? (
          <span className="text-high">{t`chưa ai đủ quyền và mức TLP để đọc`}</span>
        ) : (
          <Plural value={readers} other="# người đọc được" />
        )}
      </p>
      {item.note ? <p className="break-words text-12 text-ink-2">{item.note}</p> : null}
      {refusal === undefined ? (
        <div className="flex gap-2">
          <Button
            size="small"
            look="quiet"
            aria-label={t`Sửa phạm vi của ${name}`}
            onClick={() => setAsked('change')}
          >{t`Sửa…`}</Button>
          <Button
            size="small"
            look="quiet"
            aria-label={t`Thôi cho ${name} tham gia`}
            onClick={() => setAsked('remove')}
          >{t`Thôi tham gia…`}</Button>
        </div>
      ) : null}
      {asked === 'change' ? (
        <ParticipantDialog incident={incident} before={item} onClose={close} />
      ) : null}
      {asked === 'remove' ? <RemoveParticipantDialog item={item} onClose={close} /> : null}
    </li>
  )
}
