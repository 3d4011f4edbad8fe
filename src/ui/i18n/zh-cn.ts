import type { MessageKey } from './en';
import { zhCnAdaptation } from './zh-cn-adaptation';
import { zhCnCommands } from './zh-cn-commands';
import { zhCnDeveloper } from './zh-cn-developer';
import { zhCnGate } from './zh-cn-gate';
import { zhCnHabits } from './zh-cn-habits';
import { zhCnInsights } from './zh-cn-insights';
import { zhCnPhrases } from './zh-cn-phrases';
import { zhCnPreferences } from './zh-cn-preferences';
import { zhCnPrivacy } from './zh-cn-privacy';
import { zhCnSettings } from './zh-cn-settings';
import { zhCnTalk } from './zh-cn-talk';
import { zhCnTextModel } from './zh-cn-text-model';
import { zhCnYou } from './zh-cn-you';

/** 界面的中文文案。与英文同义，但按中文的习惯来写。 */
export const zhCn: Readonly<Record<MessageKey, string>> = {
  ...zhCnGate,
  ...zhCnTalk,
  ...zhCnPhrases,
  ...zhCnYou,
  ...zhCnPrivacy,
  ...zhCnSettings,
  ...zhCnDeveloper,
  ...zhCnInsights,
  ...zhCnCommands,
  ...zhCnTextModel,
  ...zhCnHabits,
  ...zhCnAdaptation,
  ...zhCnPreferences,

  'app.skip': '跳到正文',
  'nav.label': '主要页面',
  'nav.talk': '对话',
  'nav.phrases': '短语',
  'nav.you': '我的',
  'nav.privacy': '隐私',
  'nav.settings': '设置',
  'nav.developer': '开发者',
  'nav.menu': '菜单',
  'nav.back': '返回{place}',

  'common.dismiss': '知道了',
  'common.tryAgain': '再试一次',
  'common.play': '播放{what}',
  'common.stopPlaying': '停止播放{what}',

  'status.label': '状态',
  'status.microphoneOn': '麦克风已打开',
  'status.offline': '已离线，一切照常可用',
  'status.offlineShort': '离线',
  'status.online': '数据不离开这台设备',
  'status.convenience': '未设密码',
  'status.protected': '已加密，只有您能打开',
  'status.backend': '用 {backend} 学习',
  'status.backendMeasuring': '正在挑选最快的学习方式',
  'status.backendNone': '只凭录音识别',
  'status.mayBeEvicted': '浏览器可能清除这些数据',

  'backend.wasm': 'WebAssembly',
  'backend.webgl': 'WebGL',
  'backend.webgpu': 'WebGPU',
  'backend.cpu': '纯 JavaScript',

  'update.ready': 'Echo 有新版本可用。',
  'update.now': '现在启用',
  'update.later': '以后再说',

  'failure.origin-not-allowed': '本站的管理者不允许访问 {detail}。',
  'failure.http-error': '对方返回了状态码 {detail}。',
  'failure.unreachable': '连不上 {detail}，或对方不接受来自本页的请求。',
  'failure.timeout': '{detail} 没有及时回应。',
  'failure.bad-json': '要发送的内容不是有效的 JSON，请修改这句短语。',
  'failure.popup-blocked': '浏览器只允许在点击之后打开网页。请用下面的按钮，或允许本页弹出窗口。',
  'failure.clipboard-refused': '只有本页在最前面时，浏览器才允许复制。请用下面的按钮。',
  'failure.no-voice': '这台设备没有自带的语音，可以在系统设置里添加。',
  'failure.storage-full': '设备没有空间了。',

  'notice.region': '消息',
  'notice.action-failed': '操作没有成功。{why}',
  'notice.bad-policy': '本站的规则（policy.json）在“{path}”处无效：{message} 现在按最严的规则执行。',
  'notice.engine-restarted': '负责聆听的部分停了一下，已重新启动。请再说一次。',
  'notice.nothing-heard': '什么也没听到。请按住圆环，靠近麦克风一点再说。',
  'notice.storage-full': '设备没有空间了。新的录音不会保留，以前的都安全。请腾出空间，或清空历史。',
  'notice.rows-set-aside': '{count, plural, other {有 # 项内容损坏，已放到一边。}}其余照常可用。',
  'notice.file-unreadable': '“{name}”不能当作声音读取。请用 WAV、MP3、M4A、OGG 或 FLAC。',
};
