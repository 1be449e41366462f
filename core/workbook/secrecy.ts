/** The notice that stands wherever people enter matters: the program keeps copies and mails them, so no state secret may come in. */
export const SECRECY_NOTICE = '国家秘密(秘密、机密、绝密)不得录入本表,也不得粘贴、附件带入。密级为「保密」的,「督办事项」只写代号。';

/** A grade of state secrecy in place of 密级: never a choice to be put right, but a matter to be taken out. */
export function isStateSecretGrade(text: string): boolean {
  return /^(绝密|机密|秘密)/.test(text);
}
