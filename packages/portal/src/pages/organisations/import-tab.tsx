import type { SheetImport, SheetOutcome } from '@haidang/contracts/sheet-import'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { sendForFile } from '../../api/send.ts'
import { Button } from '../../components/button.tsx'
import { ImportOutcome } from '../../components/import-outcome.tsx'
import { gutter } from '../../components/page.tsx'
import { saveFile } from '../../components/save-file.ts'
import { SheetDownloads } from '../../components/sheet-downloads.tsx'
import { SheetForm } from '../../components/sheet-form.tsx'
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
    mutationFn: async (read: () => Promise<SheetImport>) => {
      const sent = await read()
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
      <SheetDownloads template="/api/v1/organisation-import/template">
        <ExportButtons kind="organisation.export" />
      </SheetDownloads>
      <SheetForm
        help={t`Dòng đầu nêu tên cột; bắt buộc có mã, tên, loại; cột “Thuộc tổ chức” ghi mã cấp trên. Nhiều nhất 100.000 dòng, không nhận công thức.`}
        refusal={missing}
        busy={preview.isPending}
        error={error}
        onLook={preview.mutate}
        onChange={() => setLooked(null)}
      />
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
