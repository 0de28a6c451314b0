import type { Source } from '@haidang/contracts/source'
import { SourceLimits } from '@haidang/contracts/source-limits'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Dialog } from '../../components/dialog.tsx'
import { type Errors, noErrors } from '../../components/form.ts'
import { LimitFields, limitsIn, useLimitNames } from './limit-fields.tsx'
import { SourceForm } from './source-form.tsx'

interface SourceLimitsProps {
  readonly source: Source
  readonly onClose: () => void
}

/** Bounds what a source may bring. */
export function SourceLimitsDialog({ source, onClose }: SourceLimitsProps) {
  const { t } = useLingui()
  const names = useLimitNames()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const faults: Record<string, string> = {
    records_per_second: t`Số nguyên viết liền, từ 1 tới 10000000, hoặc bỏ trống`,
    bytes_per_second: t`Số nguyên viết liền, từ 100 tới 10000000000, hoặc bỏ trống`,
    burst_seconds: t`Số nguyên từ 1 tới 300`,
    spool_bytes: t`Số nguyên viết liền, từ 65536, hoặc bỏ trống`,
  }
  const read = (form: FormData) => {
    const limits = SourceLimits.safeParse(limitsIn(form))
    if (limits.success) return { limits: limits.data }
    const fields = limits.error.issues.map(({ path }) => String(path[0]))
    setWrong(
      Object.fromEntries(
        fields.map((field) => [`limits.${field}`, faults[field] ?? t`Giá trị không hợp lệ`]),
      ),
    )
    return undefined
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t`Giới hạn của ${source.name}`}
      about={t`Một nguồn gửi quá nhiều không được làm các nguồn khác mất bản ghi.`}
    >
      <SourceForm
        names={names}
        wrong={wrong}
        onWrong={setWrong}
        read={read}
        save={(change: { limits: SourceLimits }) =>
          api.sources.update({ params: { id: source.id }, body: change })
        }
        onClose={onClose}
      >
        <LimitFields collector={source.collector} limits={source.limits} errors={wrong} />
      </SourceForm>
    </Dialog>
  )
}
