import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useOrganisations } from '../../api/organisations.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Select } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { NamedOptions } from '../../components/options.tsx'
import { dateTime } from '../../format/instant.ts'
import { Secret } from './secret.tsx'

export function JoinCodeButton() {
  const { t } = useLingui()
  const refusal = useRefusal()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button look="primary" refusal={refusal('station.manage')} onClick={() => setOpen(true)}>
        <Plus aria-hidden="true" className="size-4" />
        {t`Tạo mã kết nối`}
      </Button>
      {open ? <JoinCodeDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function JoinCodeDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const organisations = useOrganisations()
  const create = useMutation({
    mutationFn: (form: FormData) =>
      api.stations.createJoinCode({
        body: {
          organisation_id: text(form, 'organisation_id'),
          valid_minutes: Number(text(form, 'valid_minutes')),
        },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['join-codes'] }),
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Tạo mã kết nối`}
      about={t`Nút của đơn vị dùng mã này một lần để xin kết nối. Bạn duyệt sau khi đối chiếu dấu vân tay khóa qua điện thoại.`}
    >
      {create.data ? (
        <Secret value={create.data.code}>
          {t`Gửi mã này cho ${create.data.join_code.organisation_name}. Hết hạn ${dateTime(create.data.join_code.expires_at)}.`}
        </Secret>
      ) : (
        <form onSubmit={submitted((form) => create.mutate(form))} className="flex flex-col gap-4">
          <ErrorSummary errors={noErrors} error={create.error} />
          <Field label={t`Đơn vị`} help={t`Thêm đơn vị ở trang Quản trị nếu chưa có`}>
            <Select name="organisation_id">
              <NamedOptions of={organisations} />
            </Select>
          </Field>
          <Field label={t`Hiệu lực`}>
            <Select name="valid_minutes" defaultValue="60">
              <option value="60">{t`1 giờ`}</option>
              <option value="480">{t`8 giờ`}</option>
              <option value="1440">{t`1 ngày`}</option>
              <option value="10080">{t`7 ngày`}</option>
            </Select>
          </Field>
          <Acts>
            <Button look="primary" type="submit" busy={create.isPending}>{t`Tạo mã`}</Button>
            <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
          </Acts>
        </form>
      )}
    </Dialog>
  )
}
