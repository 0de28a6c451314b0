/** What the keys of the node for its mails are remembered under. */
export const mailKeysQuery = ['mail-keys']
