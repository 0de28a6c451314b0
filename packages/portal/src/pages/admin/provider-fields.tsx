import type { Provider } from '@haidang/contracts/provider'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useOrganisations } from '../../api/organisations.ts'
import { Check, Field, Input, Select, Textarea } from '../../components/field.tsx'
import type { Errors } from '../../components/form.ts'
import { NamedOptions } from '../../components/options.tsx'

/** Names of the fields, as their labels write them. */
export function useProviderNames() {
  const { t } = useLingui()
  return {
    name: t`Tên trên nút đăng nhập`,
    issuer: t`Địa chỉ nhà cung cấp (issuer)`,
    client_id: t`Mã ứng dụng (client id)`,
    client_secret: t`Bí mật ứng dụng (client secret)`,
    matching: t`Nhận ra tài khoản`,
    domains: t`Tên miền thư điện tử được vào`,
    organisation_id: t`Tổ chức của tài khoản được tạo`,
    second_factor: t`Tính là bước xác thực thứ hai`,
    factor_values: t`Giá trị amr hoặc acr nói đã dùng hai yếu tố`,
  }
}

interface ProviderFieldsProps {
  readonly provider: Provider | undefined
  readonly wrong: Errors
}

export function ProviderFields({ provider, wrong }: ProviderFieldsProps) {
  const { t } = useLingui()
  const names = useProviderNames()
  const organisations = useOrganisations()
  const [creates, setCreates] = useState(provider?.creates ?? false)
  const [factor, setFactor] = useState(provider?.second_factor ?? 'own')
  const [matching, setMatching] = useState(provider?.matching ?? 'linked')
  return (
    <>
      <Field label={names.name} error={wrong['name']}>
        <Input name="name" defaultValue={provider?.name} maxLength={80} autoFocus />
      </Field>
      {provider ? null : (
        <Field label={names.issuer} error={wrong['issuer']} help="https://…">
          <Input name="issuer" type="url" maxLength={500} spellCheck={false} />
        </Field>
      )}
      <Field label={names.client_id} error={wrong['client_id']}>
        <Input name="client_id" defaultValue={provider?.client_id} maxLength={300} />
      </Field>
      <Field
        label={names.client_secret}
        error={wrong['client_secret']}
        help={
          provider?.secret_set ? t`Đã có; bỏ trống nếu không đổi` : t`Cất kín, không xem lại được`
        }
      >
        <Input name="client_secret" type="password" autoComplete="off" maxLength={1000} />
      </Field>
      <Field
        label={names.matching}
        className="sm:col-span-2"
        help={
          matching === 'linked'
            ? t`Người dùng đăng nhập bằng mật khẩu một lần rồi tự liên kết trong Cài đặt của tôi.`
            : t`Nhà cung cấp nói ai là ai: chỉ dùng nơi bạn tin được, và hãy giới hạn tên miền.`
        }
      >
        <Select
          name="matching"
          value={matching}
          onChange={({ target }) =>
            setMatching(target.value === 'linked' ? 'linked' : 'verified-email')
          }
        >
          <option value="linked">{t`Chỉ tài khoản đã liên kết`}</option>
          <option value="verified-email">{t`Theo thư điện tử nhà cung cấp đã xác minh`}</option>
        </Select>
      </Field>
      <Field
        label={names.domains}
        error={wrong['domains'] ?? wrong['domains.0']}
        help={t`Mỗi dòng một tên miền; bỏ trống là mọi tên miền`}
        className="sm:col-span-2"
      >
        <Textarea name="domains" rows={2} defaultValue={provider?.domains.join('\n')} />
      </Field>
      <Check
        name="creates"
        checked={creates}
        onChange={({ target }) => setCreates(target.checked)}
        className="sm:col-span-2"
      >
        {t`Tự tạo tài khoản vai trò Người xem cho người chưa có`}
      </Check>
      {creates ? (
        <Field
          label={names.organisation_id}
          error={wrong['organisation_id']}
          className="sm:col-span-2"
        >
          <Select
            key={organisations.length}
            name="organisation_id"
            defaultValue={provider?.organisation_id ?? undefined}
          >
            <NamedOptions of={organisations} />
          </Select>
        </Field>
      ) : null}
      <Field label={names.second_factor} className="sm:col-span-2">
        <Select
          name="second_factor"
          value={factor}
          onChange={({ target }) =>
            setFactor(target.value === 'stated' || target.value === 'always' ? target.value : 'own')
          }
        >
          <option value="own">{t`Không, hỏi yếu tố thứ hai của chúng ta như sau mật khẩu`}</option>
          <option value="stated">{t`Khi nhà cung cấp nói đã dùng hai yếu tố`}</option>
          <option value="always">{t`Luôn luôn`}</option>
        </Select>
      </Field>
      {factor === 'stated' ? (
        <Field
          label={names.factor_values}
          error={wrong['factor_values']}
          help={t`Mỗi dòng một giá trị, ví dụ mfa`}
          className="sm:col-span-2"
        >
          <Textarea
            name="factor_values"
            rows={2}
            defaultValue={provider?.factor_values.join('\n')}
          />
        </Field>
      ) : null}
      <Check name="inside" defaultChecked={provider?.inside ?? false} className="sm:col-span-2">
        {t`Nhà cung cấp đứng trong mạng riêng của chúng ta`}
      </Check>
      <Check name="enabled" defaultChecked={provider?.enabled ?? true} className="sm:col-span-2">
        {t`Bật`}
      </Check>
    </>
  )
}
