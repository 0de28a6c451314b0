import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useMay } from '../../api/session.ts'
import { Button } from '../../components/button.tsx'
import { Copyable } from '../../components/copyable.tsx'
import { Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'

const queryKey = ['shift-calendar']

/** One's own shifts in one's own calendar program, by a secret address. */
export function CalendarAddress() {
  const { t } = useLingui()
  const may = useMay()
  const client = useQueryClient()
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.shiftCalendar.get({}, signal),
    enabled: may('shift.stand'),
  })
  const renew = () => client.invalidateQueries({ queryKey })
  const create = useMutation({
    mutationFn: () => api.shiftCalendar.create({}),
    onSuccess: () => renew(),
  })
  const revoke = useMutation({
    mutationFn: () => api.shiftCalendar.revoke({}),
    onSuccess: () => {
      create.reset()
      void renew()
    },
  })
  if (!query.data) return null
  const { created_at } = query.data
  const address = create.data ? `${window.location.origin}${create.data.path}` : null
  return (
    <Section title={t`Lịch trực của tôi trong phần mềm lịch`} className="mt-8 max-w-2xl">
      <div className="flex flex-col gap-3 pt-2 text-13">
        <p className="text-ink-2">
          {t`Địa chỉ bí mật, chỉ hiện một lần. Ai có địa chỉ đều đọc được ca trực của bạn; thu hồi khi lộ.`}
        </p>
        {address ? <Copyable label={t`Địa chỉ iCalendar`} value={address} main /> : null}
        {created_at && !address ? (
          <p>
            <Trans>
              Đang có một địa chỉ, tạo <Time at={created_at} />.
            </Trans>
          </p>
        ) : null}
        <p className="flex flex-wrap gap-2">
          <Button busy={create.isPending} onClick={() => create.mutate()}>
            {created_at ? t`Tạo địa chỉ mới` : t`Tạo địa chỉ`}
          </Button>
          {created_at ? (
            <Button look="danger" busy={revoke.isPending} onClick={() => revoke.mutate()}>
              {t`Thu hồi`}
            </Button>
          ) : null}
        </p>
      </div>
    </Section>
  )
}
