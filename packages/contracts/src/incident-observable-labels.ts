import { label } from './label.ts'

/** Words for what is seen in incidents. */
export const incidentObservableLabels = {
  observableKind: {
    address: label('Địa chỉ IP', 'IP address'),
    network: label('Dải địa chỉ', 'Network'),
    domain: label('Tên miền', 'Domain'),
    url: label('URL', 'URL'),
    hash: label('Mã băm', 'Hash'),
    email: label('Thư điện tử', 'E-mail address'),
  },
} as const
