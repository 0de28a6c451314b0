import type { RunningDeadline } from '@haidang/contracts/deadline'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { useMay } from '../../api/session.ts'
import { Button } from '../../components/button.tsx'
import { anyOf } from '../../components/filter-tree.ts'
import { Section } from '../../components/page.tsx'
import { Failure } from '../../components/states.tsx'
import { say } from '../../components/toast.tsx'
import { ReasonDialog } from '../orders/reason-dialog.tsx'
import { DeadlineName, DueTime, StatePill, TimeLeft } from './deadline-columns.tsx'

interface SubjectDeadlinesProps {
  readonly id: string
  /** Things it stands for, whose deadlines run on. */
  readonly others?: readonly string[]
}

/** What is due of one thing, with what can be said of it. */
export function SubjectDeadlines({ id, others = [] }: SubjectDeadlinesProps) {
  const { t } = useLingui()
  const may = useMay()
  const filter = anyOf('subject', [id, ...others])
  const query = useQuery({
    queryKey: ['deadlines', 'of', filter],
    queryFn: ({ signal }) => api.deadlines.list({ query: { limit: 50, filter } }, signal),
    enabled: may('deadline.read'),
  })
  const deadlines = query.data?.items ?? []
  if (query.error && deadlines.length === 0) {
    return (
      <Section title={t`Hạn`}>
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      </Section>
    )
  }
  if (deadlines.length === 0) return null
  return (
    <Section title={t`Hạn`} count={deadlines.length}>
      <ul className="divide-y divide-line">
        {deadlines.map((deadline) => (
          <li key={deadline.id} className="flex flex-col gap-1 py-2">
            <DeadlineName deadline={deadline} />
            {deadline.subject_id === id ? null : (
              <p className="text-12 text-ink-2">{t`Của ${deadline.subject_label}`}</p>
            )}
            <p className="flex flex-wrap items-center gap-2 text-12 text-ink-2">
              <StatePill deadline={deadline} />
              <DueTime deadline={deadline} />
              <span>
                {t`Còn (giờ làm việc)`}: <TimeLeft deadline={deadline} />
              </span>
            </p>
            {deadline.note === '' ? null : <p className="text-12 text-ink-2">{deadline.note}</p>}
            {deadline.acknowledged_by === null ? null : (
              <p className="text-12 text-ink-3">{t`${deadline.acknowledged_by} đã nhận biết`}</p>
            )}
            <DeadlineActs deadline={deadline} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function DeadlineActs({ deadline }: { deadline: RunningDeadline }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const client = useQueryClient()
  const [meeting, setMeeting] = useState(false)
  const params = { id: deadline.id }
  const renew = () => void client.invalidateQueries({ queryKey: ['deadlines'] })
  const close = () => setMeeting(false)
  const acknowledge = useMutation({
    mutationFn: () => api.deadlines.acknowledge({ params }),
    onSuccess: renew,
  })
  const meet = useMutation({
    mutationFn: (note: string) => api.deadlines.meet({ params, body: { note } }),
    onSuccess: () => {
      say(t`Đã ghi việc hoàn thành`)
      renew()
      close()
    },
  })
  if (deadline.state !== 'running' && deadline.state !== 'passed') return null
  return (
    <div className="flex flex-wrap gap-2">
      {deadline.acknowledged_at === null ? (
        <Button
          look="quiet"
          refusal={refusal('deadline.handle')}
          busy={acknowledge.isPending}
          onClick={() => acknowledge.mutate()}
        >
          {t`Tôi đã biết`}
        </Button>
      ) : null}
      <Button look="quiet" refusal={refusal('deadline.handle')} onClick={() => setMeeting(true)}>
        {t`Đã làm xong…`}
      </Button>
      {meeting ? (
        <ReasonDialog
          title={t`Ghi việc đã hoàn thành`}
          about={t`Thời điểm là lúc này; đúng hạn hay muộn được tính theo đó.`}
          label={t`Đã làm thế nào, gửi cho ai`}
          act={t`Ghi hoàn thành`}
          busy={meet.isPending}
          error={meet.error}
          onSend={(note) => meet.mutate(note)}
          onClose={close}
        />
      ) : null}
    </div>
  )
}
