import { type ClosingReport, ClosingReportDraft } from '@haidang/contracts/closing-report'
import type { Incident } from '@haidang/contracts/incident'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Textarea } from '../../components/field.tsx'
import { lines, submitted, text, useDraft, useWrong } from '../../components/form.ts'
import { say } from '../../components/toast.tsx'

interface ClosingReportDialogProps {
  readonly incident: Incident
  readonly report: ClosingReport | null
  readonly onClose: () => void
}

/** Writes a closing report; what is typed stays until it is saved. */
export function ClosingReportDialog(props: ClosingReportDialogProps) {
  const { t } = useLingui()
  const { number, title } = props.incident
  return (
    <Dialog
      open
      wide
      onClose={props.onClose}
      title={t`Báo cáo kết thúc`}
      about={`${number} · ${title}`}
    >
      <ClosingReportForm {...props} />
    </Dialog>
  )
}

function ClosingReportForm({ incident, report, onClose }: ClosingReportDialogProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const form = useRef<HTMLFormElement>(null)
  const { id, number } = incident
  // The version read with it: of two who write at once the second is told.
  const version = useRef(report?.version ?? 0).current
  const draft = useDraft(`closing-report.${id}.${version}`, form)
  const { wrong, refused, checked } = useWrong()
  const save = useMutation({
    mutationFn: (body: ClosingReportDraft) =>
      api.closingReports.write({ params: { id }, body: { ...body, version } }),
    onSuccess: () => {
      draft.forget()
      say(t`Đã lưu báo cáo kết thúc của ${number}`)
      void client.invalidateQueries({ queryKey: ['incidents'] })
      onClose()
    },
    onError: refused,
  })
  const names = {
    course: t`Đã xảy ra điều gì`,
    root_cause: t`Nguyên nhân gốc`,
    measures: t`Biện pháp đã làm`,
    damage: t`Thiệt hại`,
    lessons: t`Bài học`,
    proposals: t`Kiến nghị`,
  }
  const optional = t`không bắt buộc`
  return (
    <form
      ref={form}
      noValidate
      onSubmit={submitted((data) =>
        checked(ClosingReportDraft.safeParse(draftIn(data)), (body) => save.mutate(body)),
      )}
      className="flex flex-col gap-4"
    >
      <ErrorSummary errors={wrong} error={save.error} names={names} />
      <Field label={names.course} error={wrong['course']}>
        <Textarea
          name="course"
          rows={4}
          maxLength={10_000}
          defaultValue={report?.course}
          required
          data-first
        />
      </Field>
      <Field
        label={names.root_cause}
        help={t`Vì sao xảy ra được; nếu chưa tìm ra thì ghi rõ`}
        error={wrong['root_cause']}
      >
        <Textarea
          name="root_cause"
          rows={2}
          maxLength={5000}
          defaultValue={report?.root_cause}
          required
        />
      </Field>
      <Field label={names.measures} error={wrong['measures']}>
        <Textarea
          name="measures"
          rows={4}
          maxLength={10_000}
          defaultValue={report?.measures}
          required
        />
      </Field>
      <Field label={names.damage} optional={optional} error={wrong['damage']}>
        <Textarea name="damage" rows={2} maxLength={5000} defaultValue={report?.damage} />
      </Field>
      <Field
        label={names.lessons}
        help={t`Mỗi bài học một dòng`}
        error={wrong['lessons'] ?? wrong['lessons.0']}
      >
        <Textarea name="lessons" rows={3} defaultValue={report?.lessons.join('\n')} required />
      </Field>
      <Field
        label={names.proposals}
        optional={optional}
        help={t`Để lần sau nhanh hơn, ít rủi ro hơn`}
        error={wrong['proposals']}
      >
        <Textarea name="proposals" rows={2} maxLength={5000} defaultValue={report?.proposals} />
      </Field>
      <Acts>
        <Button look="primary" type="submit" busy={save.isPending}>{t`Lưu báo cáo`}</Button>
        <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
      </Acts>
    </form>
  )
}

function draftIn(form: FormData) {
  return {
    course: text(form, 'course'),
    root_cause: text(form, 'root_cause'),
    measures: text(form, 'measures'),
    damage: text(form, 'damage'),
    lessons: lines(form, 'lessons'),
    proposals: text(form, 'proposals'),
  }
}
