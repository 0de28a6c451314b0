import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useMay } from '../../api/session.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { say } from '../../components/toast.tsx'

const idPattern = /\b(?:ord|inc|irp)_[0-9a-f-]{36}\b/

/** Puts a mail to the order, incident or report it is about, told by its number or the address of its page. */
export function FileDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const find = useFind()
  const [unknown, setUnknown] = useState<string>()
  const file = useMutation({
    mutationFn: async (said: string) => {
      setUnknown(undefined)
      const object_id = idPattern.exec(said)?.[0] ?? (await find(said))
      if (object_id === undefined) {
        setUnknown(t`Không có lệnh, sự cố hoặc tin báo số ${said}; chép số từ trang của nó.`)
        return undefined
      }
      return api.receivedMails.file({ params: { id }, body: { object_id } })
    },
    onSuccess: (filed) => {
      if (!filed) return
      say(t`Đã xếp thư`)
      void client.invalidateQueries({ queryKey: ['mails'] })
      onClose()
    },
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Xếp thư`}
      about={t`Thư sẽ đứng cùng lệnh, sự cố hoặc tin báo này. Việc xếp được ghi vào nhật ký.`}
    >
      <form
        onSubmit={submitted((form) => file.mutate(text(form, 'object').trim()))}
        className="flex flex-col gap-4"
      >
        <ErrorSummary errors={noErrors} error={file.error} />
        <Field
          label={t`Số hoặc địa chỉ trang của lệnh, sự cố, tin báo`}
          help={t`Ví dụ LĐP-2026-0001`}
          error={unknown}
        >
          <Input name="object" required maxLength={300} autoFocus />
        </Field>
        <Acts>
          <Button look="primary" type="submit" busy={file.isPending}>{t`Xếp thư`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}

/** Finds the one order, incident or report of a number, among those the reader sees. */
function useFind() {
  const may = useMay()
  return async (number: string): Promise<string | undefined> => {
    const query = { limit: 1, filter: `number:"${number.replaceAll(/["\\]/g, '')}"` }
    const [order] = may('order.read') ? (await api.orders.list({ query })).items : []
    if (order) return order.id
    const [incident] = may('incident.read') ? (await api.incidents.list({ query })).items : []
    if (incident) return incident.id
    const [report] = may('incident-report.read')
      ? (await api.incidentReports.list({ query })).items
      : []
    return report?.id
  }
}
