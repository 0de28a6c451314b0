import type { Checklist, Inspection } from '@haidang/contracts/inspection'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { noErrors } from '../../components/form.ts'
import { saveFile } from '../../components/save-file.ts'
import { Time } from '../../components/time.tsx'
import { plainDate } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import { InspectionDialog } from './inspection-dialog.tsx'
import { InspectionFindings } from './inspection-findings.tsx'

/** One inspection: what was asked, what was found, what the node knew; signed off here. */
export function InspectionSheet({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useLingui()
  const [editing, setEditing] = useState(false)
  const query = useQuery({
    queryKey: ['inspections', 'one', id],
    queryFn: ({ signal }) => api.inspections.get({ params: { id } }, signal),
  })
  const checklist = useQuery({
    queryKey: ['inspections', 'checklist'],
    queryFn: ({ signal }) => api.inspections.checklist({}, signal),
  })
  if (editing && query.data) {
    return (
      <InspectionDialog
        stationId={query.data.station_id}
        draft={query.data}
        onClose={() => setEditing(false)}
      />
    )
  }
  return (
    <Dialog open wide onClose={onClose} title={query.data?.station_name ?? t`Biên bản kiểm tra`}>
      <Asked query={query}>
        {(inspection) => (
          <div className="flex flex-col gap-5">
            <About inspection={inspection} />
            <Answers inspection={inspection} checklist={checklist.data} />
            <InspectionFindings inspection={inspection} />
            {inspection.summary ? (
              <p className="whitespace-pre-wrap text-13">{inspection.summary}</p>
            ) : null}
            <SheetActs inspection={inspection} onEdit={() => setEditing(true)} />
          </div>
        )}
      </Asked>
    </Dialog>
  )
}

function About({ inspection }: { inspection: Inspection }) {
  const { t } = useLingui()
  const { label, number } = useWords()
  const { facts } = inspection
  const hours = number(facts.silent_seconds / 3_600, 1)
  return (
    <Facts>
      <Fact name={t`Ngày kiểm tra`}>
        {plainDate(inspection.inspected_on)} · {label('inspectionKind', inspection.kind)} ·{' '}
        {inspection.inspector}
      </Fact>
      <Fact name={t`Nửa năm trước`}>
        {t`${facts.gaps} khoảng trống, ${hours} giờ im lặng, ${number(facts.dropped_records)} bản ghi mất`}
      </Fact>
      <Fact
        name={t`Nguồn`}
      >{t`${facts.sources - facts.lacking_sources}/${facts.sources} tốt`}</Fact>
      <Fact name={t`Phiên bản`}>{facts.software}</Fact>
      <Fact name={t`Người ký`}>
        {inspection.signed_at ? (
          <>
            {inspection.signed_by}, <Time at={inspection.signed_at} as="absolute" />
          </>
        ) : (
          t`chưa ký`
        )}
      </Fact>
    </Facts>
  )
}

interface AnswersProps {
  readonly inspection: Inspection
  readonly checklist: Checklist | undefined
}

function Answers({ inspection, checklist }: AnswersProps) {
  const { t } = useLingui()
  const { label, language } = useWords()
  const wordOf = (id: string) => {
    const answer = inspection.answers.find(({ item }) => item === id)
    return answer ? `${label('answerResult', answer.result)}. ${answer.note}` : t`chưa trả lời`
  }
  return (
    <ul className="divide-y divide-line border-line border-y">
      {(checklist?.items ?? []).map(({ id, name, clause }) => (
        <li key={id} className="grid gap-x-4 py-1.5 text-13 sm:grid-cols-2">
          <span>
            {name[language]} <span className="text-12 text-ink-3">({clause})</span>
          </span>
          <span>{wordOf(id)}</span>
        </li>
      ))}
    </ul>
  )
}

function SheetActs({ inspection, onEdit }: { inspection: Inspection; onEdit: () => void }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const client = useQueryClient()
  const { id, version, station_name, inspected_on } = inspection
  const sign = useMutation({
    mutationFn: () => api.inspections.sign({ params: { id }, body: { version } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['inspections'] })
      void client.invalidateQueries({ queryKey: ['estate'] })
    },
  })
  const keep = () =>
    saveFile(
      `kiem-tra-${station_name}-${inspected_on}.json`,
      'application/json',
      JSON.stringify(inspection, null, 2),
    )
  return (
    <>
      <ErrorSummary errors={noErrors} error={sign.error} />
      <Acts>
        {inspection.signed_at === null ? (
          <>
            <Button
              look="primary"
              refusal={refusal('station.manage')}
              busy={sign.isPending}
              onClick={() => sign.mutate()}
            >{t`Ký biên bản`}</Button>
            <Button refusal={refusal('station.manage')} onClick={onEdit}>{t`Sửa bản thảo`}</Button>
          </>
        ) : null}
        <Button look="quiet" onClick={keep}>{t`Tải về (JSON)`}</Button>
      </Acts>
    </>
  )
}
