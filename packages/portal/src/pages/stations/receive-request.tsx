import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useOrganisations } from '../../api/organisations.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input, Select } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { NamedOptions } from '../../components/options.tsx'
import { joinFileOf } from './join-file-of.ts'

/** Takes in the request file of a station that has no network to here. */
export function ReceiveRequestButton() {
  const { t } = useLingui()
  const refusal = useRefusal()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button refusal={refusal('station.manage')} onClick={() => setOpen(true)}>
        {t`Nhận tệp xin gia nhập`}
      </Button>
      {open ? <ReceiveDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function ReceiveDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const organisations = useOrganisations()
  const receive = useMutation({
    mutationFn: async (form: FormData) =>
      api.joinFiles.receive({
        body: {
          organisation_id: text(form, 'organisation_id'),
          file: await joinFileOf(form.get('file')),
        },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['stations'] }),
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Nhận tệp xin gia nhập`}
      about={t`Trạm chờ duyệt như khi xin qua mạng. Duyệt xong, tải tệp trả lời ở trang của trạm.`}
    >
      {receive.data ? (
        <div role="status" className="flex flex-col gap-2 text-13">
          <p>{t`${receive.data.name} đang chờ duyệt. So dấu vân tay này với trạm qua điện thoại:`}</p>
          <code className="break-all text-12">{receive.data.fingerprint}</code>
        </div>
      ) : (
        <form onSubmit={submitted((form) => receive.mutate(form))} className="flex flex-col gap-4">
          <ErrorSummary errors={noErrors} error={receive.error} />
          <Field label={t`Đơn vị`}>
            <Select name="organisation_id">
              <NamedOptions of={organisations} />
            </Select>
          </Field>
          <Field label={t`Tệp xin gia nhập`}>
            <Input
              name="file"
              type="file"
              accept=".json,application/json"
              required
              className="pt-1"
            />
          </Field>
          <Acts>
            <Button look="primary" type="submit" busy={receive.isPending}>{t`Nhận`}</Button>
            <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
          </Acts>
        </form>
      )}
    </Dialog>
  )
}
