import type { FullLibraryRule } from '@haidang/contracts/rule-library'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Textarea } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { useRuleAct } from './use-rule-act.ts'
import { VersionDiff } from './version-diff.tsx'

interface ReviewDialogProps {
  readonly rule: FullLibraryRule
  readonly verdict: 'approved' | 'returned'
  readonly onClose: () => void
}

/** The second person's answer, with what changed since the version approved before. */
export function ReviewDialog({ rule, verdict, onClose }: ReviewDialogProps) {
  const { t } = useLingui()
  const [missing, setMissing] = useState(false)
  const { version, approved_version } = rule
  const review = useRuleAct(
    (note: string) =>
      api.ruleLibrary.review({ params: { id: rule.id }, body: { version, verdict, note } }),
    () => (verdict === 'approved' ? t`Đã duyệt bản ${version}` : t`Đã trả lại bản ${version}`),
    onClose,
  )
  const send = (form: FormData) => {
    const note = text(form, 'note').trim()
    if (verdict === 'returned' && !note) setMissing(true)
    else review.mutate(note)
  }
  const newest = rule.versions[0]
  const approved = rule.versions.find((one) => one.version === approved_version)
  return (
    <Dialog
      open
      onClose={onClose}
      title={verdict === 'approved' ? t`Duyệt bản ${version}` : t`Trả lại bản ${version}`}
      about={
        verdict === 'approved'
          ? t`Luật vào bộ luật được phát hành kế tiếp. Chưa trạm nào nhận trước khi bộ luật được phát.`
          : t`Luật trở về bản thảo để người viết sửa.`
      }
      wide
    >
      <form noValidate onSubmit={submitted(send)} className="flex flex-col gap-4">
        <ErrorSummary errors={noErrors} error={review.error} />
        {newest && approved ? <VersionDiff before={approved} after={newest} /> : null}
        <Field
          label={verdict === 'approved' ? t`Nhận xét` : t`Lý do, việc cần sửa`}
          optional={verdict === 'approved' ? t`không bắt buộc` : undefined}
          error={missing ? t`Nêu lý do để người viết biết cần sửa gì` : undefined}
        >
          <Textarea name="note" rows={3} maxLength={4000} data-first="" />
        </Field>
        <Acts>
          <Button look="primary" type="submit" busy={review.isPending}>
            {verdict === 'approved' ? t`Duyệt` : t`Trả lại`}
          </Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
