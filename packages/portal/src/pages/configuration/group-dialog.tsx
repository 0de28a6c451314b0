import type { ConfigurationGroup, ProfileVersion } from '@haidang/contracts/station-configuration'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useOrganisations } from '../../api/organisations.ts'
import { Button } from '../../components/button.tsx'
import { ChooseMany } from '../../components/choose-many.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { Field, Input } from '../../components/field.tsx'
import { submitted, text } from '../../components/form.ts'
import { useProfileChoices } from './use-profile-choices.ts'

interface GroupDialogProps {
  /** undefined: a new one. */
  readonly group: ConfigurationGroup | undefined
  /** Names of the other groups. */
  readonly taken: readonly string[]
  readonly onPut: (group: ConfigurationGroup) => void
  readonly onClose: () => void
}

/** Which stations a group reaches, and what is set there; what is left empty is not set. */
export function GroupDialog({ group, taken, onPut, onClose }: GroupDialogProps) {
  const { t } = useLingui()
  const [wrong, setWrong] = useState<string>()
  const organisations = useOrganisations()
  const stations = useQuery({
    queryKey: ['stations', 'choices'],
    queryFn: ({ signal }) =>
      api.stations.list({ query: { limit: 500, filter: 'local:false' } }, signal),
  })
  const profiles = useProfileChoices()
  const settings = group?.settings ?? {}
  const send = (form: FormData) => {
    const name = text(form, 'name').trim()
    if (name === '') return setWrong(t`Chưa nhập`)
    if (taken.includes(name)) return setWrong(t`Đã có nhóm tên này`)
    onPut(groupOf(name, form))
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={group ? group.name : t`Nhóm trạm mới`}
      about={t`Ô để trống là không đặt: trạm giữ giá trị của mình.`}
    >
      <form onSubmit={submitted(send)} className="grid gap-4 sm:grid-cols-2">
        <Field label={t`Tên nhóm`} error={wrong} className="sm:col-span-2">
          <Input name="name" maxLength={120} defaultValue={group?.name ?? ''} autoFocus />
        </Field>
        <ChooseMany
          name="organisations"
          label={t`Trạm của tổ chức`}
          search={t`Tìm tổ chức`}
          choices={organisations.map(({ id, name }) => ({ value: id, name }))}
          defaultValue={group?.organisations ?? []}
          none={t`không chọn`}
          help={t`Không chọn tổ chức và trạm nào: mọi trạm.`}
        />
        <ChooseMany
          name="stations"
          label={t`Trạm`}
          search={t`Tìm trạm`}
          choices={(stations.data?.items ?? []).map(({ id, name }) => ({ value: id, name }))}
          defaultValue={group?.stations ?? []}
          none={t`không chọn`}
        />
        <ChooseMany
          name="calendar"
          label={t`Lịch làm việc và ngày nghỉ`}
          search={t`Tìm lịch`}
          choices={profiles.calendar}
          defaultValue={(settings.calendar ?? []).map(keyOf)}
          none={t`không đặt`}
        />
        <ChooseMany
          name="regulations"
          label={t`Hồ sơ quy định`}
          search={t`Tìm hồ sơ`}
          choices={profiles.regulations}
          defaultValue={(settings.regulations ?? []).map(keyOf)}
          none={t`không đặt`}
        />
        <Field label={t`Nhịp báo`} help={t`giây giữa hai nhịp, từ 1 đến 30`}>
          <Input
            name="heartbeat"
            type="number"
            min={1}
            max={30}
            defaultValue={settings.heartbeat_seconds}
          />
        </Field>
        <Field label={t`Ngưỡng im lặng của nguồn mới`} help={t`giây không có bản ghi`}>
          <Input
            name="silence"
            type="number"
            min={10}
            max={86_400}
            defaultValue={settings.silence_seconds}
          />
        </Field>
        <Acts className="sm:col-span-2">
          <Button look="primary" type="submit">{t`Ghi vào bản nháp`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}

function groupOf(name: string, form: FormData): ConfigurationGroup {
  const chosen = (field: string) => form.getAll(field).map(String)
  const calendar = chosen('calendar').map(profileOf)
  const regulations = chosen('regulations').map(profileOf)
  const [heartbeat, silence] = [text(form, 'heartbeat'), text(form, 'silence')]
  return {
    name,
    organisations: chosen('organisations'),
    stations: chosen('stations'),
    settings: {
      ...(calendar.length > 0 && { calendar }),
      ...(regulations.length > 0 && { regulations }),
      ...(heartbeat && { heartbeat_seconds: Number(heartbeat) }),
      ...(silence && { silence_seconds: Number(silence) }),
    },
  }
}

function keyOf({ profile, version }: ProfileVersion): string {
  return `${profile}@${version}`
}

function profileOf(key: string): ProfileVersion {
  const [profile = '', version = '0'] = key.split('@')
  return { profile, version: Number(version) }
}
