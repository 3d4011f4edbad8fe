import type { GateMessageKey } from './en-gate';

/** 进入各页面之前用到的中文文案，最先加载。 */
export const zhCnGate: Readonly<Record<GateMessageKey, string>> = {
  'app.name': 'Echo',
  'app.titleOf': '{screen} · Echo',

  'common.cancel': '取消',
  'common.close': '关闭',
  'common.save': '保存',
  'common.delete': '删除',

  'opening.title': '正在打开 Echo…',
  'unavailable.title': '暂时打不开您的数据',
  'unavailable.body':
    '浏览器没有让 Echo 打开存储空间，但什么都没有删除。无痕窗口、磁盘已满，或文件被其他程序占用时，常会这样。',
  'unavailable.do': '请关闭其他 Echo 标签页，退出无痕模式，腾出一些空间，然后再试。',
  'unavailable.detail': '浏览器给出的原因',
  'unavailable.reload': '再试一次',
  'elsewhere.title': 'Echo 已在另一个标签页中打开',
  'elsewhere.body':
    '为避免重复写入，同一时间只由一个标签页使用您的数据。您可以改在这里继续，另一个标签页会自动让出。',
  'elsewhere.takeOver': '在这里使用',

  'welcome.title': 'Echo 学会您的声音，只为您保留',
  'welcome.body':
    '教它一句话，什么语言、什么口音都行。以后您一说，它就听得懂，并照您的安排去做。数据不离开这台设备。',
  'welcome.picture': '一段起伏的声音，被一个圆环轻轻收住。',
  'welcome.protection': '学到的内容怎样保管？',
  'welcome.passphrase': '设一个密码',
  'welcome.recommended': '推荐',
  'welcome.passphraseHint': '不输入密码，在这台设备上就读不出来。',
  'welcome.convenience': '不设密码',
  'welcome.convenienceHint': '打开即用。能读取这台设备文件的人，也能读到这些内容。',
  'welcome.policyNote': '本站的管理者要求设置密码。',
  'welcome.start': '开始',
  'welcome.working': '正在生成密钥…',
  'welcome.restore': '改为恢复备份',

  'required.title': '请先设一个密码',
  'required.body': '之前没有设密码。教过的内容都会保留，以后只有这个密码才能打开。',
  'required.instead': '不想保留了',
  'required.insteadBody': '您也可以把存在这里的内容全部删除。',

  'passphrase.label': '密码',
  'passphrase.new': '新密码',
  'passphrase.hint': '几个词连起来，比一个生僻的词好记。忘记了，谁也找不回来。',
  'passphrase.show': '显示密码',
  'passphrase.hide': '隐藏密码',

  'locked.title': 'Echo 已锁定',
  'locked.body': '您的短语和录音已加密。输入密码即可打开。',
  'locked.convenienceBody': '没有设密码，打开即可继续。',
  'locked.unlock': '解锁',
  'locked.working': '正在打开…',
  'locked.forgotten': '忘记密码了',
  'locked.forgottenBody':
    '没有密码，谁也读不出您的数据，我们也不能。您可以全部删除，再重新开始，或者恢复一份备份。',

  'vaultError.wrong-passphrase': '密码不对。请检查大小写和输入法。',
  'vaultError.mistyped-code': '这不是一个完整的恢复码：少了、多了或输错了字符。请和您记下的对照一下。',
  'vaultError.weak-passphrase': '请至少用 {minimumLength, plural, other {# 个字符}}。',
  'vaultError.passphrase-required': '本站的管理者要求设置密码，请设一个。',
  'vaultError.gone': '它刚刚被删除了，没有可以更改的内容。',
  'vaultError.no-speech': '这段录音里没有说话声，学不到东西。',
  'vaultError.locked': 'Echo 已锁定，请先解锁。',
  'vaultError.already-exists': '这台设备上已有数据，请先删除。',
  'vaultError.quota': '设备没有空间了，刚才的内容没有写入。请腾出空间，或先做备份。',
  'vaultError.unavailable': '浏览器没有让 Echo 打开存储空间，但什么都没有删除。',
  'vaultError.invalid-row': '有内容不符合格式，没有保存。其他内容没有变动。',
  'vaultError.invalid-request': 'Echo 提出的请求无法完成。没有任何变动。',
  'vaultError.bad-backup.not-a-backup': '这不是 Echo 的备份文件。什么都没有改动。',
  'vaultError.bad-backup.damaged': '这份备份已损坏，无法读取。什么都没有改动。',
  'vaultError.bad-backup.newer-version': '这份备份来自更新的 Echo，请先更新。什么都没有改动。',

  'privacy.restore.title': '恢复备份',
  'privacy.restore.warning': 'Echo 里现有的全部内容，都会换成文件里的内容。',
  'privacy.restore.choose': '选择文件',
  'privacy.restore.passphrase': '那个文件的密码',
  'privacy.restore.do': '恢复',
  'privacy.restore.working': '正在恢复…',
  'privacy.delete': '全部删除',
  'privacy.delete.title': '全部删除？',
  'privacy.delete.body': '所有短语、录音、笔记、计时和学到的内容都会永远消失。如果您做过备份，备份仍可读取。',
  'privacy.delete.type': '输入“{word}”以确认',
  'privacy.delete.word': '删除',
  'privacy.delete.confirm': '全部删除',

  'settings.language': '语言',
  'settings.language.auto': '自动',
};
