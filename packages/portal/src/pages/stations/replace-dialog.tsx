import type { Station } from '@haidang/contracts/station'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Select, Textarea } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'

/** Lets new hardware take the place of a station; its key ends, what is known of it stays. */
export function ReplaceDialog({ station, onClose }: { station: Station; onClose: () => void }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const filter = `organisation_id:${station.organisation_id} local:false`
  const query = useQuery({
    queryKey: ['stations', 'successors', station.id],
    queryFn: ({ signal }) => api.stations.list({ query: { limit: 100, filter } }, signal),
  })
  const replace = useMutation({
    mutationFn: (form: FormData) =>
      api.stations.replace({
        params: { id: station.id },
        body: { successor_id: text(form, 'successor_id'), reason: text(form, 'reason').trim() },
      }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['stations'] })
      void client.invalidateQueries({ queryKey: ['estate'] })
      onClose()
    },
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Thay ${station.name} bằng máy mới`}
      about={t`Chứng thư của trạm cũ chấm dứt ngay. Hệ thống nó giám sát chuyển sang trạm mới; nguồn, khoảng trống và biên bản vẫn đọc được.`}
    >
      <Asked query={query}>
        {({ items }) => {
          const possible = items.filter(
            ({ id, state }) =>
              id !== station.id && ['connected', 'quiet', 'silent'].includes(state),
          )
          return possible.length === 0 ? (
            <p className="text-13 text-ink-2">
              {t`Tổ chức chưa có trạm khác đã duyệt. Tạo mã kết nối, cho máy mới nối vào và duyệt trước.`}
            </p>
          ) : (
            <form
              onSubmit={submitted((form) => replace.mutate(form))}
              className="flex flex-col gap-4"
            >
              <ErrorSummary errors={noErrors} error={replace.error} />
              <Field label={t`Trạm mới`}>
                <Select name="successor_id">
                  {possible.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </Select>
              </Field>
              <Field label={t`Lý do`}>
                <Textarea name="reason" required minLength={3} maxLength={1000} />
              </Field>
              <Acts>
                <Button look="danger" type="submit" busy={replace.isPending}>{t`Thay trạm`}</Button>
                <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
              </Acts>
            </form>
          )
        }}
      </Asked>
    </Dialog>
  )
}
