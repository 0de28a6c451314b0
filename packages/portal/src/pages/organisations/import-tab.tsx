import type { SheetImport, SheetOutcome } from '@haidang/contracts/sheet-import'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { sendForFile } from '../../api/send.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input, Select } from '../../components/field.tsx'
import { errorsOf, noErrors, submitted } from '../../components/form.ts'
import { ImportOutcome } from '../../components/import-outcome.tsx'
import { packedFile } from '../../components/packed-file.ts'
import { gutter } from '../../components/page.tsx'
import { saveFile } from '../../components/save-file.ts'
import { SheetLinks } from '../../components/sheet-links.tsx'
import { say } from '../../components/toast.tsx'
import { cn } from '../../theme/cn.ts'
import { ExportButtons } from '../approvals/export-buttons.tsx'

/** Reads a file of organisations in: chosen, looked at row by row, then written whole or not at all. */
export function ImportTab() {
  const { t } = useLingui()
  const refusal = useRefusal()
  const client = useQueryClient()
  const [looked, setLooked] = useState<{ sent: SheetImport; outcome: SheetOutcome } | null>(null)
  const preview = useMutation({
    mutationFn: async (form: FormData) => {
      const existing = form.get('existing') as SheetImport['existing']
      const sent = { ...(await packedFile(form.get('file'))), existing }
      return { sent, outcome: await api.organisationImport.preview({ body: sent }) }
    },
    onSuccess: setLooked,
  })
  const apply = useMutation({
    mutationFn: (body: SheetImport) => api.organisationImport.apply({ body }),
    onSuccess: ({ created, updated }) => {
      say(t`Đã thêm ${created}, sửa ${updated} tổ chức`)
      setLooked(null)
      void client.invalidateQueries({ queryKey: ['organisations'] })
    },
  })
  const refused = useMutation({
    mutationFn: async (sent: SheetImport) => {
      const file = await sendForFile('POST', '/api/v1/organisation-import/refused', sent)
      saveFile(`organisations-refused.${sent.format}`, file.type, file)
    },
  })
  const missing = refusal('organisation.manage')
  const error = apply.error ?? refused.error ?? preview.error
  return (
    <div className={cn('flex max-w-4xl flex-col gap-6 py-4', gutter)}>
      <section className="flex flex-col gap-2">
        <h2 className="font-semibold text-15">{t`Xuất danh sách`}</h2>
        <p className="text-13 text-ink-2">{t`Tệp xuất ra cũng là mẫu để nhập: sửa rồi nhập lại.`}</p>
        <span className="flex flex-wrap gap-2">
          <ExportButtons />
        </span>
        <p className="text-13 text-ink-2">{t`Mẫu trống, chỉ có tên cột:`}</p>
        <span className="flex flex-wrap gap-2">
          <SheetLinks path="/api/v1/organisation-import/template" />
        </span>
      </section>
      <form
        onSubmit={submitted((form) => preview.mutate(form))}
        onChange={() => setLooked(null)}
        className="flex flex-col gap-4"
      >
        <h2 className="font-semibold text-15">{t`Nhập từ tệp`}</h2>
        <ErrorSummary errors={error ? errorsOf(error) : noErrors} error={error} />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label={t`Tệp CSV hoặc XLSX`}
            help={t`Dòng đầu nêu tên cột; bắt buộc có mã, tên, loại; cột “Thuộc tổ chức” ghi mã cấp trên. Nhiều nhất 100.000 dòng, không nhận công thức.`}
          >
            <Input name="file" type="file" accept=".csv,.xlsx" required className="pt-1" />
          </Field>
          <Field label={t`Dòng có mã đã có trong sổ`}>
            <Select name="existing" defaultValue="refuse">
              <option value="refuse">{t`Báo lỗi`}</option>
              <option value="skip">{t`Bỏ qua`}</option>
              <option value="update">{t`Sửa theo tệp`}</option>
            </Select>
          </Field>
        </div>
        <Button type="submit" refusal={missing} busy={preview.isPending} className="self-start">
          {t`Xem trước`}
        </Button>
      </form>
      {looked ? (
        <>
          <ImportOutcome outcome={looked.outcome}>
            <Button
              className="self-start"
              busy={refused.isPending}
              onClick={() => refused.mutate(looked.sent)}
            >
              {t`Tải các dòng bị từ chối`}
            </Button>
          </ImportOutcome>
          <Button
            look="primary"
            className="self-start"
            refusal={
              missing ??
              (looked.outcome.fault_count > 0 ? t`Sửa hết lỗi rồi mới ghi được` : undefined)
            }
            busy={apply.isPending}
            onClick={() => apply.mutate(looked.sent)}
          >
            {t`Ghi vào sổ tất cả`}
          </Button>
        </>
      ) : null}
    </div>
  )
}
