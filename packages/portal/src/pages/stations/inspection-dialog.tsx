import {
  AnswerResult,
  type Checklist,
  type Inspection,
  type InspectionDraft,
  InspectionKind,
} from '@haidang/contracts/inspection'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useMe } from '../../api/session.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input, Select, Textarea } from '../../components/field.tsx'
import { errorsOf, submitted, text } from '../../components/form.ts'
import { inputTime, secondsFromNow } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'

interface DialogProps {
  readonly stationId: string
  /** The draft that is written anew; a new one without. */
  readonly draft?: Inspection
  readonly onClose: () => void
}

/** Records an inspection of a station by the checklist, as a draft. */
export function InspectionDialog({ stationId, draft, onClose }: DialogProps) {
  const { t } = useLingui()
  const query = useQuery({
    queryKey: ['inspections', 'checklist'],
    queryFn: ({ signal }) => api.inspections.checklist({}, signal),
  })
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t`Biên bản kiểm tra trạm`}
      about={t`Số liệu nửa năm trước được hệ thống tự điền khi lưu.`}
    >
      <Asked query={query}>
        {(checklist) => (
          <Form checklist={checklist} stationId={stationId} draft={draft} onClose={onClose} />
        )}
      </Asked>
    </Dialog>
  )
}

interface FormProps extends Omit<DialogProps, 'draft'> {
  readonly checklist: Checklist
  readonly draft: Inspection | undefined
}

function Form({ checklist, stationId, draft, onClose }: FormProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const me = useMe()
  const client = useQueryClient()
  const [findings, setFindings] = useState(Math.max(draft?.findings.length ?? 0, 1))
  const save = useMutation({
    mutationFn: (body: InspectionDraft) =>
      draft
        ? api.inspections.update({
            params: { id: draft.id },
            body: { ...body, version: draft.version },
          })
        : api.inspections.create({ body: { ...body, station_id: stationId } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['inspections'] })
      void client.invalidateQueries({ queryKey: ['estate'] })
      onClose()
    },
  })
  const send = (form: FormData) => save.mutate(draftOf(form, checklist, findings))
  return (
    <form onSubmit={submitted(send)} className="flex flex-col gap-4">
      <ErrorSummary errors={errorsOf(save.error)} error={save.error} />
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label={t`Loại`}>
          <Select name="kind" defaultValue={draft?.kind ?? 'half_year'}>
            {InspectionKind.options.map((kind) => (
              <option key={kind} value={kind}>
                {label('inspectionKind', kind)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t`Ngày kiểm tra`}>
          <Input
            type="date"
            name="inspected_on"
            required
            defaultValue={draft?.inspected_on ?? inputTime(secondsFromNow(0)).slice(0, 10)}
          />
        </Field>
        <Field label={t`Người kiểm tra`}>
          <Input
            name="inspector"
            required
            minLength={2}
            maxLength={200}
            defaultValue={draft?.inspector ?? me.person?.name ?? ''}
          />
        </Field>
      </div>
      <Answers checklist={checklist} draft={draft} />
      <fieldset className="flex flex-col gap-3">
        <legend className="pb-1 font-semibold text-13">{t`Tồn tại và hạn khắc phục`}</legend>
        {Array.from({ length: findings }, (_, n) => n).map((n) => (
          <div key={n} className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_160px]">
            <Field label={t`Tồn tại ${n + 1}`}>
              <Input
                name={`finding.${n}`}
                minLength={3}
                maxLength={2_000}
                defaultValue={draft?.findings[n]?.text ?? ''}
              />
            </Field>
            <Field label={t`Hạn khắc phục`}>
              <Input
                type="date"
                name={`remedy.${n}`}
                defaultValue={draft?.findings[n]?.remedy_by ?? ''}
              />
            </Field>
          </div>
        ))}
        {findings < 100 ? (
          <Button
            look="quiet"
            size="small"
            className="self-start"
            onClick={() => setFindings(findings + 1)}
          >{t`Thêm tồn tại`}</Button>
        ) : null}
      </fieldset>
      <Field label={t`Nhận xét chung`}>
        <Textarea name="summary" maxLength={5_000} defaultValue={draft?.summary ?? ''} />
      </Field>
      <Acts>
        <Button look="primary" type="submit" busy={save.isPending}>{t`Lưu bản thảo`}</Button>
        <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
      </Acts>
    </form>
  )
}

function Answers({ checklist, draft }: { checklist: Checklist; draft: Inspection | undefined }) {
  const { t } = useLingui()
  const { label, language } = useWords()
  return (['operation', 'connection'] as const).map((part) => (
    <fieldset key={part} className="flex flex-col gap-3">
      <legend className="pb-1 font-semibold text-13">{label('checklistPart', part)}</legend>
      {checklist.items
        .filter((item) => item.part === part)
        .map(({ id, name, clause }) => {
          const answer = draft?.answers.find(({ item }) => item === id)
          return (
            <div key={id} className="grid gap-2 sm:grid-cols-[minmax(0,1fr)_150px_160px]">
              <p className="text-13">
                {name[language]} <span className="text-12 text-ink-3">({clause})</span>
              </p>
              <Select
                name={`answer.${id}`}
                aria-label={name[language]}
                defaultValue={answer?.result ?? ''}
              >
                <option value="">{t`chưa trả lời`}</option>
                {AnswerResult.options.map((result) => (
                  <option key={result} value={result}>
                    {label('answerResult', result)}
                  </option>
                ))}
              </Select>
              <Input
                name={`note.${id}`}
                aria-label={t`Ghi chú: ${name[language]}`}
                placeholder={t`Ghi chú`}
                maxLength={2_000}
                defaultValue={answer?.note ?? ''}
              />
            </div>
          )
        })}
    </fieldset>
  ))
}

/** What a filled form says; items without an answer and empty findings are left out. */
function draftOf(form: FormData, checklist: Checklist, findings: number): InspectionDraft {
  return {
    kind: InspectionKind.parse(text(form, 'kind')),
    inspected_on: text(form, 'inspected_on'),
    inspector: text(form, 'inspector'),
    answers: checklist.items.flatMap(({ id }) => {
      const result = AnswerResult.safeParse(text(form, `answer.${id}`)).data
      return result ? [{ item: id, result, note: text(form, `note.${id}`) }] : []
    }),
    findings: Array.from({ length: findings }, (_, n) => ({
      text: text(form, `finding.${n}`).trim(),
      remedy_by: text(form, `remedy.${n}`) || null,
    })).filter((finding) => finding.text !== ''),
    summary: text(form, 'summary'),
  }
}
