<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ActivityPage</name>
    <message>
        <source>Activity</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>One job is under way. It goes on while you chat, and after a restart.</source>
        <translation>有一项任务正在进行。聊天时以及重新启动后，它都会继续。</translation>
    </message>
    <message>
        <source>%1 jobs are under way. They go on while you chat, and after a restart.</source>
        <translation>有 %1 项任务正在进行。聊天时以及重新启动后，它们都会继续。</translation>
    </message>
    <message>
        <source>Nothing is running. Downloads, measurements and indexing show up here.</source>
        <translation>当前没有任务。下载、测速和索引会显示在这里。</translation>
    </message>
    <message>
        <source>When you add documents, or download or measure a model, its progress is here.</source>
        <translation>添加文档、下载模型或为其测速时，进度会显示在这里。</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>清除已完成</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>All quiet</source>
        <translation>一切安静</translation>
    </message>
</context>
<context>
    <name>AddSheet</name>
    <message>
        <source>Collection</source>
        <translation>文档集</translation>
    </message>
    <message>
        <source>Name of a collection</source>
        <translation>文档集名称</translation>
    </message>
    <message>
        <source>They are added to what is in it.</source>
        <translation>将添加到其现有内容中。</translation>
    </message>
    <message>
        <source>A new collection.</source>
        <translation>一个新的文档集。</translation>
    </message>
    <message>
        <source>Notice changes</source>
        <translation>留意更改</translation>
    </message>
    <message>
        <source>New and changed files are read by themselves, also after a restart.</source>
        <translation>新增和更改的文件会自动读取，重新启动后也是如此。</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>BackupLine</name>
    <message>
        <source>Reading every page …</source>
        <translation>正在读取每一页…</translation>
    </message>
    <message>
        <source>Also in the second folder</source>
        <translation>也在第二个文件夹中</translation>
    </message>
    <message>
        <source>Look inside</source>
        <translation>查看内容</translation>
    </message>
    <message>
        <source>More about the backup of %1</source>
        <translation>%1 备份的更多操作</translation>
    </message>
    <message>
        <source>Check every page</source>
        <translation>检查每一页</translation>
    </message>
    <message>
        <source>Restore everything at the next start</source>
        <translation>下次启动时恢复全部</translation>
    </message>
    <message>
        <source>Show in its folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>移到回收站</translation>
    </message>
</context>
<context>
    <name>BackupSheet</name>
    <message>
        <source>Inside the backup</source>
        <translation>备份中的内容</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Find a conversation in the backup</source>
        <translation>在备份中查找对话</translation>
    </message>
    <message>
        <source>Find a conversation</source>
        <translation>查找对话</translation>
    </message>
    <message>
        <source>Conversations in the backup</source>
        <translation>备份中的对话</translation>
    </message>
    <message>
        <source>No conversation has this in its title.</source>
        <translation>没有标题包含此内容的对话。</translation>
    </message>
    <message>
        <source>There is no conversation in it.</source>
        <translation>其中没有对话。</translation>
    </message>
    <message>
        <source>Messages in the backup</source>
        <translation>备份中的消息</translation>
    </message>
    <message>
        <source>Choose a conversation to read it</source>
        <translation>选择一个对话来阅读</translation>
    </message>
    <message>
        <source>It has no messages</source>
        <translation>它没有消息</translation>
    </message>
    <message>
        <source>Looking changes nothing.</source>
        <translation>查看不会更改任何内容。</translation>
    </message>
    <message>
        <source>What is here now is never overwritten; it is backed up first.</source>
        <translation>现有内容绝不会被覆盖，会先行备份。</translation>
    </message>
    <message>
        <source>Choose none</source>
        <translation>全不选</translation>
    </message>
    <message>
        <source>Choose what is not here</source>
        <translation>选择此处没有的</translation>
    </message>
    <message>
        <source>Restoring …</source>
        <translation>正在恢复…</translation>
    </message>
    <message>
        <source>Restore %1 chosen</source>
        <translation>恢复选中的 %1 个</translation>
    </message>
    <message>
        <source>Restore this one</source>
        <translation>恢复此对话</translation>
    </message>
</context>
<context>
    <name>BackupsHead</name>
    <message>
        <source>Backups</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Making a backup …</source>
        <translation>正在备份…</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>立即备份</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>What is here now was backed up, and its file is kept. What you write until then is in that file.</source>
        <translation>现有内容已备份，其文件会保留。您在此之前写下的内容在该文件中。</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Quit now</source>
        <translation>立即退出</translation>
    </message>
    <message>
        <source>Back up automatically</source>
        <translation>自动备份</translation>
    </message>
    <message>
        <source>Every hour in which something changed. Kept are 24 hours, 7 days, 4 weeks and 12 months.</source>
        <translation>每个有更改的小时备份一次。保留 24 小时、7 天、4 周和 12 个月。</translation>
    </message>
    <message>
        <source>Second folder</source>
        <translation>第二个文件夹</translation>
    </message>
    <message>
        <source>None. A folder on another drive gets a copy of the newest backup.</source>
        <translation>无。另一个驱动器上的文件夹会得到最新备份的副本。</translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation>不再使用</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
</context>
<context>
    <name>BackupsPage</name>
    <message>
        <source>Backups</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>No backup yet</source>
        <translation>还没有备份</translation>
    </message>
    <message>
        <source>The first one is made by itself within an hour in which something changed. It is encrypted like everything here.</source>
        <translation>有更改后一小时内会自动创建第一个备份。它与这里的一切一样是加密的。</translation>
    </message>
    <message>
        <source>A folder for second copies</source>
        <translation>存放第二份副本的文件夹</translation>
    </message>
</context>
<context>
    <name>BackupsTrash</name>
    <message>
        <source>Trash</source>
        <translation>回收站</translation>
    </message>
    <message>
        <source>There is no way back.</source>
        <translation>此操作无法撤销。</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Delete for ever</source>
        <translation>永久删除</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>CandidateLine</name>
    <message>
        <source>%1, %2: %3. %4</source>
        <translation>%1，%2：%3。%4</translation>
    </message>
</context>
<context>
    <name>ChatList</name>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
</context>
<context>
    <name>ChatPage</name>
    <message>
        <source>Chat</source>
        <translation>聊天</translation>
    </message>
    <message>
        <source>Show the side bar</source>
        <translation>显示侧边栏</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新聊天</translation>
    </message>
    <message>
        <source>Private: in memory only</source>
        <translation>私密：仅在内存中</translation>
    </message>
    <message>
        <source>Model: %1</source>
        <translation>模型：%1</translation>
    </message>
    <message>
        <source>Conversation settings</source>
        <translation>对话设置</translation>
    </message>
    <message>
        <source>Hide the source (Ctrl+I)</source>
        <translation>隐藏来源（Ctrl+I）</translation>
    </message>
    <message>
        <source>Show the source (Ctrl+I)</source>
        <translation>显示来源（Ctrl+I）</translation>
    </message>
    <message>
        <source>What shall we look at?</source>
        <translation>想聊点什么？</translation>
    </message>
    <message>
        <source>%1 answers here, on this computer. What you write stays on it.</source>
        <translation>%1 在这台电脑上回答。您写的内容只留在本机。</translation>
    </message>
    <message>
        <source>Answers come from %1, each with the places it rests on.</source>
        <translation>回答来自 %1，并附上所依据的出处。</translation>
    </message>
    <message>
        <source>Jump to the end</source>
        <translation>跳到末尾</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Ask about your documents…</source>
        <translation>就您的文档提问…</translation>
    </message>
    <message>
        <source>Ask anything</source>
        <translation>随便问点什么</translation>
    </message>
    <message>
        <source>Running on this computer</source>
        <translation>在这台电脑上运行</translation>
    </message>
    <message>
        <source>Context used</source>
        <translation>已用上下文</translation>
    </message>
</context>
<context>
    <name>CitePeek</name>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1，%2：%3</translation>
    </message>
</context>
<context>
    <name>CodeBlock</name>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>复制代码</translation>
    </message>
</context>
<context>
    <name>CollectionCard</name>
    <message>
        <source>New name of %1</source>
        <translation>“%1”的新名称</translation>
    </message>
    <message>
        <source>More about %1</source>
        <translation>更多：%1</translation>
    </message>
    <message>
        <source>Ask about it</source>
        <translation>就此提问</translation>
    </message>
    <message>
        <source>Search in it</source>
        <translation>在其中搜索</translation>
    </message>
    <message>
        <source>Look for changes</source>
        <translation>检查更改</translation>
    </message>
    <message>
        <source>Try again what could not be read</source>
        <translation>重试无法读取的文件</translation>
    </message>
    <message>
        <source>Read everything again</source>
        <translation>全部重新读取</translation>
    </message>
    <message>
        <source>Changes are noticed</source>
        <translation>正在留意更改</translation>
    </message>
    <message>
        <source>Notice changes from now on</source>
        <translation>从现在起留意更改</translation>
    </message>
    <message>
        <source>Show in the file manager</source>
        <translation>在文件管理器中显示</translation>
    </message>
    <message>
        <source>What belongs to it</source>
        <translation>包含的内容</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Remove (your files stay)</source>
        <translation>移除（保留您的文件）</translation>
    </message>
</context>
<context>
    <name>CollectionPill</name>
    <message>
        <source>Documents</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Answers from: %1</source>
        <translation>回答来自：%1</translation>
    </message>
    <message>
        <source>Answer from documents</source>
        <translation>根据文档回答</translation>
    </message>
    <message>
        <source>No documents</source>
        <translation>不使用文档</translation>
    </message>
    <message>
        <source>Add documents…</source>
        <translation>添加文档…</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Ask anything</source>
        <translation>随便问点什么</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Stop the answer (Esc)</source>
        <translation>停止回答（Esc）</translation>
    </message>
    <message>
        <source>Send (Enter)</source>
        <translation>发送（Enter）</translation>
    </message>
    <message>
        <source>Send (Ctrl+Enter)</source>
        <translation>发送（Ctrl+Enter）</translation>
    </message>
</context>
<context>
    <name>ConversationItem</name>
    <message>
        <source>New title</source>
        <translation>新标题</translation>
    </message>
    <message>
        <source>More about %1</source>
        <translation>更多：%1</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>移到回收站</translation>
    </message>
</context>
<context>
    <name>ConversationSheet</name>
    <message>
        <source>The default model</source>
        <translation>默认模型</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>0 to 2; low is predictable</source>
        <translation>0 至 2；越低越可预测</translation>
    </message>
    <message>
        <source>Top P</source>
        <translation>Top P</translation>
    </message>
    <message>
        <source>0 to 1; share of likely words</source>
        <translation>0 至 1；候选高概率词的占比</translation>
    </message>
    <message>
        <source>Longest answer, in tokens</source>
        <translation>回答的最大长度（词元）</translation>
    </message>
    <message>
        <source>As long as it needs</source>
        <translation>不限长度</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Another one each time</source>
        <translation>每次不同</translation>
    </message>
    <message>
        <source>Conversation settings</source>
        <translation>对话设置</translation>
    </message>
    <message>
        <source>They count from the next answer on. An empty field leaves it to the model.</source>
        <translation>从下一个回答起生效。留空则由模型决定。</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>系统提示词</translation>
    </message>
    <message>
        <source>How the model should answer: its role, its tone, what to leave out</source>
        <translation>模型应如何回答：角色、语气、哪些内容不提</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Model: %1</source>
        <translation>模型：%1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>CrashSheet</name>
    <message>
        <source>Report on the last run</source>
        <translation>上次运行的报告</translation>
    </message>
    <message>
        <source>This is all that is saved: times, versions, and places in the program. None of your words, titles, file names, and no name of yours is in it.</source>
        <translation>保存的内容仅限于此：时间、版本和程序中的位置。其中没有您的文字、标题、文件名，也没有您的姓名。</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Save the report as a text file</source>
        <translation>将报告保存为文本文件</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>保存报告</translation>
    </message>
</context>
<context>
    <name>DamageChoices</name>
    <message>
        <source>Your profile is being repaired</source>
        <translation>正在修复您的配置</translation>
    </message>
    <message>
        <source>The backup is being restored</source>
        <translation>正在恢复备份</translation>
    </message>
    <message>
        <source>Your profile is damaged</source>
        <translation>您的配置已损坏</translation>
    </message>
    <message>
        <source>Your profile is missing</source>
        <translation>找不到您的配置</translation>
    </message>
    <message>
        <source>This may take some minutes. Every page is checked before it counts, and what was there before is kept.</source>
        <translation>这可能需要几分钟。每一页在生效前都会经过检查，原有的内容会保留。</translation>
    </message>
    <message>
        <source>Repair it</source>
        <translation>修复它</translation>
    </message>
    <message>
        <source>What can be read is put together again; what cannot comes from the newest whole backup.</source>
        <translation>能读取的会重新拼合；不能读取的取自最新的完好备份。</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Restore the newest whole backup</source>
        <translation>恢复最新的完好备份</translation>
    </message>
    <message>
        <source>There is none that can be used with the key of this profile.</source>
        <translation>没有可用此配置的密钥打开的备份。</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>DeletedBlock</name>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
</context>
<context>
    <name>DocumentsHead</name>
    <message>
        <source>Documents</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Folders and files you have added. Everything is read and indexed on this computer.</source>
        <translation>您添加的文件夹和文件。所有内容都在这台电脑上读取和索引。</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>添加文件</translation>
    </message>
    <message>
        <source>Watch a folder</source>
        <translation>监视文件夹</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>No search model is installed: passages are found by their words only.</source>
        <translation>未安装搜索模型：只能按词语查找段落。</translation>
    </message>
    <message>
        <source>With one they are found by what they mean as well; nothing has to be added again.</source>
        <translation>安装后还可按语义查找；无需重新添加任何内容。</translation>
    </message>
    <message>
        <source>Choose a search model</source>
        <translation>选择搜索模型</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>文档集</translation>
    </message>
    <message>
        <source>Filter by name</source>
        <translation>按名称筛选</translation>
    </message>
    <message>
        <source>No file is like that.</source>
        <translation>没有符合条件的文件。</translation>
    </message>
    <message>
        <source>No file in this collection yet.</source>
        <translation>此文档集中还没有文件。</translation>
    </message>
    <message>
        <source>Show all files</source>
        <translation>显示所有文件</translation>
    </message>
</context>
<context>
    <name>DocumentsPage</name>
    <message>
        <source>Documents</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Files of %1</source>
        <translation>“%1”的文件</translation>
    </message>
    <message>
        <source>Folders and files you have added. Everything is read and indexed on this computer.</source>
        <translation>您添加的文件夹和文件。所有内容都在这台电脑上读取和索引。</translation>
    </message>
    <message>
        <source>No documents yet</source>
        <translation>还没有文档</translation>
    </message>
    <message>
        <source>Add files or a folder, or drop them here. You can search them, and answers will cite them; they never leave this computer.</source>
        <translation>添加文件或文件夹，或将其拖放到这里。您可以搜索它们，回答也会引用它们；它们绝不会离开这台电脑。</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>添加文件</translation>
    </message>
    <message>
        <source>Watch a folder</source>
        <translation>监视文件夹</translation>
    </message>
    <message>
        <source>Try with the sample documents</source>
        <translation>用示例文档试试</translation>
    </message>
    <message>
        <source>Choose files to add</source>
        <translation>选择要添加的文件</translation>
    </message>
    <message>
        <source>Choose a folder to watch</source>
        <translation>选择要监视的文件夹</translation>
    </message>
</context>
<context>
    <name>DoneLine</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>DropFace</name>
    <message>
        <source>Drop files and folders to add them</source>
        <translation>将文件和文件夹拖放到这里即可添加</translation>
    </message>
    <message>
        <source>They stay where they are and are only read.</source>
        <translation>它们留在原处，仅供读取。</translation>
    </message>
</context>
<context>
    <name>ErrorNote</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ExchangePage</name>
    <message>
        <source>Import and export</source>
        <translation>导入和导出</translation>
    </message>
    <message>
        <source>Your conversations are yours: take them out into files that any program can read, and bring in those from elsewhere.</source>
        <translation>您的对话属于您：可导出为任何程序都能读取的文件，也可从别处导入。</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>ExportCard</name>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>What to export</source>
        <translation>导出内容</translation>
    </message>
    <message>
        <source>All conversations</source>
        <translation>所有对话</translation>
    </message>
    <message>
        <source>Some</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Whole profile</source>
        <translation>整个配置</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>HTML</source>
        <translation>HTML</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>归档</translation>
    </message>
    <message>
        <source>It is not encrypted: keep it where only you can read it.</source>
        <translation>它未加密：请存放在只有您能读取的地方。</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>正在导出</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>There are no conversations to export yet.</source>
        <translation>还没有可导出的对话。</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>导出到</translation>
    </message>
    <message>
        <source>Export into a new folder in</source>
        <translation>导出到新文件夹，位于</translation>
    </message>
    <message>
        <source>One archive of all conversations, also those in the trash, the collections with what belongs to them, and your settings. It can be imported again without loss. Models and documents are not in it.</source>
        <translation>包含所有对话（包括回收站中的）、集合及其附属内容和您的设置的归档。可无损地重新导入。其中不含模型和文档。</translation>
    </message>
    <message>
        <source>Everything: all versions of every message, its sources and settings. It can be imported again without loss.</source>
        <translation>全部：每条消息的所有版本、来源和设置。可无损地重新导入。</translation>
    </message>
    <message>
        <source>To be read: the version of each conversation that you see, with its sources.</source>
        <translation>用于阅读：您看到的每个对话的版本及其来源。</translation>
    </message>
</context>
<context>
    <name>ExportChoices</name>
    <message>
        <source>Find a conversation</source>
        <translation>查找对话</translation>
    </message>
    <message>
        <source>%1 of %2 chosen</source>
        <translation>已选 %1 / %2</translation>
    </message>
    <message>
        <source>Choose all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>All that are listed</source>
        <translation>列表中的全部</translation>
    </message>
    <message>
        <source>Choose none</source>
        <translation>全不选</translation>
    </message>
    <message>
        <source>None of those that are listed</source>
        <translation>列表中的都不选</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>对话</translation>
    </message>
</context>
<context>
    <name>FileHead</name>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Passages</source>
        <translation>段落</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>更改时间</translation>
    </message>
</context>
<context>
    <name>FileHeadCell</name>
    <message>
        <source>Sort by this column</source>
        <translation>按此列排序</translation>
    </message>
    <message>
        <source>Sorted, falling</source>
        <translation>已按降序排列</translation>
    </message>
    <message>
        <source>Sorted, rising</source>
        <translation>已按升序排列</translation>
    </message>
</context>
<context>
    <name>FileLine</name>
    <message>
        <source>Loading</source>
        <translation>正在加载</translation>
    </message>
    <message>
        <source>More about %1</source>
        <translation>更多：%1</translation>
    </message>
</context>
<context>
    <name>FileMenu</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Show in its folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Search in this file</source>
        <translation>在此文件中搜索</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Copy the reason</source>
        <translation>复制原因</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in this chat</source>
        <translation>在此聊天中查找</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>上一个匹配</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>下一个匹配</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>关闭查找</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Choose a model to talk to</source>
        <translation>选择一个聊天模型</translation>
    </message>
    <message>
        <source>It runs on this computer and works without a network. These fit well here; you can change your mind at any time.</source>
        <translation>它在这台电脑上运行，无需网络。以下模型很适合这里；您可以随时更换。</translation>
    </message>
    <message>
        <source>Use a file I have</source>
        <translation>使用我已有的文件</translation>
    </message>
    <message>
        <source>See all models</source>
        <translation>查看所有模型</translation>
    </message>
</context>
<context>
    <name>FooterBlock</name>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Cut at the length limit</source>
        <translation>已达长度上限，回答被截断</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>复制回答</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>重新回答</translation>
    </message>
    <message>
        <source>Delete answer</source>
        <translation>删除回答</translation>
    </message>
    <message>
        <source>How this was found</source>
        <translation>查找过程</translation>
    </message>
    <message>
        <source>Previous answer</source>
        <translation>上一个回答</translation>
    </message>
    <message>
        <source>Next answer</source>
        <translation>下一个回答</translation>
    </message>
</context>
<context>
    <name>HyperSpot</name>
    <message>
        <source>%1 came in, %2 went, %3 stayed.</source>
        <translation>新增 %1，移除 %2，保留 %3。</translation>
    </message>
    <message>
        <source>%1 collections</source>
        <translation>%1 个文档集</translation>
    </message>
    <message>
        <source>%1 conversations</source>
        <translation>%1 个对话</translation>
    </message>
    <message>
        <source>%1 conversations are back</source>
        <translation>%1 个对话已恢复</translation>
    </message>
    <message>
        <source>%1 conversations are in the trash.</source>
        <translation>%1 个对话在回收站中。</translation>
    </message>
    <message>
        <source>%1 cores</source>
        <translation>%1 核</translation>
    </message>
    <message>
        <source>%1 files</source>
        <translation>%1 个文件</translation>
    </message>
    <message>
        <source>%1 from %2</source>
        <translation>%1，来自 %2</translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation>%1 小时前</translation>
    </message>
    <message>
        <source>%1 h left</source>
        <translation>剩余 %1 小时</translation>
    </message>
    <message>
        <source>%1 here</source>
        <translation>本机 %1</translation>
    </message>
    <message>
        <source>%1 is being read. You can ask about it as it grows.</source>
        <translation>正在读取“%1”。读取过程中即可就此提问。</translation>
    </message>
    <message>
        <source>%1 is in the trash.</source>
        <translation>“%1”已移到回收站。</translation>
    </message>
    <message>
        <source>%1 is in the trash. Its file stays until it is deleted for ever.</source>
        <translation>%1 在回收站中。其文件会保留到永久删除为止。</translation>
    </message>
    <message>
        <source>%1 is in the trash. Your files were not touched.</source>
        <translation>“%1”已移到回收站。您的文件未被改动。</translation>
    </message>
    <message>
        <source>%1 is not there now. It may have been moved, or its drive taken away.</source>
        <translation>“%1”现在不在原处。它可能已被移动，或所在的驱动器已移除。</translation>
    </message>
    <message>
        <source>%1 is ready.</source>
        <translation>%1 已就绪。</translation>
    </message>
    <message>
        <source>%1 memory, %2 free</source>
        <translation>内存 %1，可用 %2</translation>
    </message>
    <message>
        <source>%1 messages</source>
        <translation>%1 条消息</translation>
    </message>
    <message>
        <source>%1 messages are in the trash.</source>
        <translation>%1 条消息在回收站中。</translation>
    </message>
    <message>
        <source>%1 messages were missing</source>
        <translation>缺少 %1 条消息</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>%1 分钟前</translation>
    </message>
    <message>
        <source>%1 min left</source>
        <translation>剩余 %1 分钟</translation>
    </message>
    <message>
        <source>%1 more characters are not shown</source>
        <translation>另有 %1 个字符未显示</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 need attention</source>
        <translation>%1 个需要处理</translation>
    </message>
    <message>
        <source>%1 new conversations</source>
        <translation>%1 个新对话</translation>
    </message>
    <message>
        <source>%1 new messages</source>
        <translation>%1 条新消息</translation>
    </message>
    <message>
        <source>%1 no longer belongs to %2. Your files were not touched.</source>
        <translation>“%1”不再属于“%2”。您的文件未被改动。</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 of %2 conversations</source>
        <translation>%1 / %2 个对话</translation>
    </message>
    <message>
        <source>%1 of “%2”</source>
        <translation>%1，来自“%2”</translation>
    </message>
    <message>
        <source>%1 pages</source>
        <translation>%1 页</translation>
    </message>
    <message>
        <source>%1 passages</source>
        <translation>%1 个段落</translation>
    </message>
    <message>
        <source>%1 s left</source>
        <translation>剩余 %1 秒</translation>
    </message>
    <message>
        <source>%1 settings</source>
        <translation>%1 项设置</translation>
    </message>
    <message>
        <source>%1 sheets</source>
        <translation>%1 个工作表</translation>
    </message>
    <message>
        <source>%1 slides</source>
        <translation>%1 张幻灯片</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>%1 tok/s</source>
        <translation>%1 词元/秒</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 个词元</translation>
    </message>
    <message>
        <source>%1 written, %2.</source>
        <translation>已写入 %1，%2。</translation>
    </message>
    <message>
        <source>%1, deleted %2</source>
        <translation>%1，删除于 %2</translation>
    </message>
    <message>
        <source>%1: trying again.</source>
        <translation>%1：正在重试。</translation>
    </message>
    <message>
        <source>1 collection</source>
        <translation>1 个文档集</translation>
    </message>
    <message>
        <source>1 conversation</source>
        <translation>1 个对话</translation>
    </message>
    <message>
        <source>1 conversation is back</source>
        <translation>1 个对话已恢复</translation>
    </message>
    <message>
        <source>1 conversation is in the trash.</source>
        <translation>1 个对话在回收站中。</translation>
    </message>
    <message>
        <source>1 file</source>
        <translation>1 个文件</translation>
    </message>
    <message>
        <source>1 message</source>
        <translation>1 条消息</translation>
    </message>
    <message>
        <source>1 message was missing</source>
        <translation>缺少 1 条消息</translation>
    </message>
    <message>
        <source>1 needs attention</source>
        <translation>1 个需要处理</translation>
    </message>
    <message>
        <source>1 new conversation</source>
        <translation>1 个新对话</translation>
    </message>
    <message>
        <source>1 new message</source>
        <translation>1 条新消息</translation>
    </message>
    <message>
        <source>1 page</source>
        <translation>1 页</translation>
    </message>
    <message>
        <source>1 passage</source>
        <translation>1 个段落</translation>
    </message>
    <message>
        <source>1 setting</source>
        <translation>1 项设置</translation>
    </message>
    <message>
        <source>1 sheet</source>
        <translation>1 个工作表</translation>
    </message>
    <message>
        <source>1 slide</source>
        <translation>1 张幻灯片</translation>
    </message>
    <message>
        <source>1 token</source>
        <translation>1 个词元</translation>
    </message>
    <message>
        <source>A good everyday model for laptops without a graphics card. Many languages.</source>
        <translation>适合无独立显卡笔记本的日常模型。支持多种语言。</translation>
    </message>
    <message>
        <source>A model that was not used for so long frees its memory. 0: never.</source>
        <translation>闲置这么久的模型会释放内存。0：从不。</translation>
    </message>
    <message>
        <source>A number from %1 to %2.</source>
        <translation>从 %1 到 %2 的数字。</translation>
    </message>
    <message>
        <source>A report without your words was written on this computer. It is sent nowhere.</source>
        <translation>已在此计算机上写下一份不含您文字的报告，不会发送到任何地方。</translation>
    </message>
    <message>
        <source>A second file is being made and measured. Activity shows both speeds when it is done.</source>
        <translation>正在生成第二个文件并测速。完成后，“活动”页会显示两者的速度。</translation>
    </message>
    <message>
        <source>A whole number from %1 to %2.</source>
        <translation>从 %1 到 %2 的整数。</translation>
    </message>
    <message>
        <source>About %1:</source>
        <translation>关于 %1：</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>添加“%1”</translation>
    </message>
    <message>
        <source>Add %1 files</source>
        <translation>添加 %1 个文件</translation>
    </message>
    <message>
        <source>Add %1 files and folders</source>
        <translation>添加 %1 个文件和文件夹</translation>
    </message>
    <message>
        <source>Add %1 folders</source>
        <translation>添加 %1 个文件夹</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>添加文件</translation>
    </message>
    <message>
        <source>Add the folder %1</source>
        <translation>添加文件夹“%1”</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>All collections</source>
        <translation>所有文档集</translation>
    </message>
    <message>
        <source>All loaded models together stay below this. 0: three quarters of this computer&apos;s memory.</source>
        <translation>所有已加载模型的总内存不超过此值。0：本机内存的四分之三。</translation>
    </message>
    <message>
        <source>All messages of this chat are in the trash.</source>
        <translation>此聊天的所有消息都在回收站中。</translation>
    </message>
    <message>
        <source>An empty message</source>
        <translation>空消息</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Any language</source>
        <translation>任意语言</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>任意时间</translation>
    </message>
    <message>
        <source>Any type</source>
        <translation>任意类型</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>压缩包</translation>
    </message>
    <message>
        <source>As many better ones are used as are wanted.</source>
        <translation>更好的段落已达到所需数量。</translation>
    </message>
    <message>
        <source>At least %1 characters; several words are easy to remember.</source>
        <translation>至少 %1 个字符；几个词容易记住。</translation>
    </message>
    <message>
        <source>At the next start, a backup takes the place of everything.</source>
        <translation>下次启动时，备份将取代一切。</translation>
    </message>
    <message>
        <source>At the next start, the backup from %1 takes the place of everything.</source>
        <translation>下次启动时，%1 的备份将取代一切。</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>不在原处</translation>
    </message>
    <message>
        <source>Away: its folder is not there now</source>
        <translation>不在原处：其文件夹当前不可用</translation>
    </message>
    <message>
        <source>Back up automatically</source>
        <translation>自动备份</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>立即备份</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>Before a deletion</source>
        <translation>删除之前</translation>
    </message>
    <message>
        <source>Before a restore</source>
        <translation>恢复之前</translation>
    </message>
    <message>
        <source>Before an import</source>
        <translation>导入之前</translation>
    </message>
    <message>
        <source>Before an update</source>
        <translation>更新之前</translation>
    </message>
    <message>
        <source>Better search in longer English texts.</source>
        <translation>在较长的英文文本中搜索效果更好。</translation>
    </message>
    <message>
        <source>By words only</source>
        <translation>仅按词语</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Careful, well-phrased answers in European languages. 32 GB of memory, better with a graphics card.</source>
        <translation>以欧洲语言给出严谨、措辞得体的回答。需 32 GB 内存，有显卡更佳。</translation>
    </message>
    <message>
        <source>Changes are noticed</source>
        <translation>正在留意更改</translation>
    </message>
    <message>
        <source>Changes in %1 are noticed from now on.</source>
        <translation>从现在起留意“%1”中的更改。</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>聊天</translation>
    </message>
    <message>
        <source>Choose another place.</source>
        <translation>请选择其他位置。</translation>
    </message>
    <message>
        <source>Clearly better answers, for computers with 16 GB of memory.</source>
        <translation>回答明显更好，适合 16 GB 内存的电脑。</translation>
    </message>
    <message>
        <source>Collection %1: %2</source>
        <translation>集合 %1：%2</translation>
    </message>
    <message>
        <source>Collection of %1</source>
        <translation>含 %1 的集合</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Context length</source>
        <translation>上下文长度</translation>
    </message>
    <message>
        <source>Continue goes on where it ended.</source>
        <translation>点击“继续”可从中断处接着回答。</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Could not be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Damaged: %1</source>
        <translation>已损坏：%1</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Dark, light, or whatever the system uses.</source>
        <translation>深色、浅色或跟随系统。</translation>
    </message>
    <message>
        <source>Decided for the next start: the backup from %1.</source>
        <translation>已决定用于下次启动：%1 的备份。</translation>
    </message>
    <message>
        <source>Default chat model</source>
        <translation>默认聊天模型</translation>
    </message>
    <message>
        <source>Default embedding model</source>
        <translation>默认嵌入模型</translation>
    </message>
    <message>
        <source>Default reranking model</source>
        <translation>默认重排模型</translation>
    </message>
    <message>
        <source>Delete all conversations</source>
        <translation>删除所有对话</translation>
    </message>
    <message>
        <source>Delete all messages of this chat</source>
        <translation>删除此聊天的所有消息</translation>
    </message>
    <message>
        <source>Deleted for ever. Backups made before still have it until they are replaced.</source>
        <translation>已永久删除。之前的备份在被替换前仍包含它。</translation>
    </message>
    <message>
        <source>Deleted. Its last traces in the files are removed later, by itself.</source>
        <translation>已删除。文件中最后的痕迹稍后会自动清除。</translation>
    </message>
    <message>
        <source>Deutsch</source>
        <translation>Deutsch</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Double</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>正在下载</translation>
    </message>
    <message>
        <source>Drop one file or folder at a time.</source>
        <translation>一次拖放一个文件或文件夹。</translation>
    </message>
    <message>
        <source>E-book</source>
        <translation>电子书</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>电子邮件</translation>
    </message>
    <message>
        <source>E-mails</source>
        <translation>电子邮件</translation>
    </message>
    <message>
        <source>English</source>
        <translation>English</translation>
    </message>
    <message>
        <source>Enter sends</source>
        <translation>按 Enter 发送</translation>
    </message>
    <message>
        <source>Enter sends the message and Shift+Enter breaks the line; off, Ctrl+Enter sends.</source>
        <translation>按 Enter 发送消息，按 Shift+Enter 换行；关闭后按 Ctrl+Enter 发送。</translation>
    </message>
    <message>
        <source>Every connection is refused</source>
        <translation>拒绝所有连接</translation>
    </message>
    <message>
        <source>Every hour in which something changed. Kept are 24 hours, 7 days, 4 weeks and 12 months.</source>
        <translation>在有更改的每个小时备份一次。保留 24 小时、7 天、4 周和 12 个月的备份。</translation>
    </message>
    <message>
        <source>Every start asks for the passphrase.</source>
        <translation>每次启动都会询问密码短语。</translation>
    </message>
    <message>
        <source>Everything in %1 is read again. Until then you find what is there now.</source>
        <translation>正在重新读取“%1”中的所有内容。完成之前，您仍可找到现有内容。</translation>
    </message>
    <message>
        <source>Everything in it is here already.</source>
        <translation>其中的一切都已在这里。</translation>
    </message>
    <message>
        <source>Everything of it was here already.</source>
        <translation>其中的一切原已在这里。</translation>
    </message>
    <message>
        <source>Everything stays as it is.</source>
        <translation>一切保持原样。</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Few passages have all the words; those with some of them follow.</source>
        <translation>包含所有词语的段落很少；随后是包含部分词语的段落。</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>File is missing</source>
        <translation>文件缺失</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Files of this type are not opened from here: their folder is shown.</source>
        <translation>不会从这里打开此类文件：已显示其所在文件夹。</translation>
    </message>
    <message>
        <source>Files read</source>
        <translation>已读文件</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>适合</translation>
    </message>
    <message>
        <source>Fits easily</source>
        <translation>非常适合</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>找到</translation>
    </message>
    <message>
        <source>Free %1 on the disk of your profile (%2 are needed). This goes on by itself then.</source>
        <translation>请在配置所在磁盘上腾出 %1（需要 %2）。之后会自动继续。</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>全速</translation>
    </message>
    <message>
        <source>Fully open: data and training are published. Six European languages, long context.</source>
        <translation>完全开放：数据与训练过程均已公开。支持六种欧洲语言，长上下文。</translation>
    </message>
    <message>
        <source>Gentle</source>
        <translation>温和</translation>
    </message>
    <message>
        <source>Gone: a private chat has no trash.</source>
        <translation>已消失：私密聊天没有回收站。</translation>
    </message>
    <message>
        <source>Good short answers on old and small computers.</source>
        <translation>在老旧或小型电脑上给出不错的简短回答。</translation>
    </message>
    <message>
        <source>Here already</source>
        <translation>已在这里</translation>
    </message>
    <message>
        <source>Here now</source>
        <translation>现在这里</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
    <message>
        <source>How long the trash keeps a conversation or message before it is deleted for ever.</source>
        <translation>回收站在永久删除对话或消息之前保留多久。</translation>
    </message>
    <message>
        <source>How many parts of a model are downloaded at the same time.</source>
        <translation>同时下载模型的多少个分段。</translation>
    </message>
    <message>
        <source>How much of a conversation a model sees at once; more needs more memory. A model&apos;s own limit still holds.</source>
        <translation>模型一次能看到多少对话内容；越多越占内存。模型自身的上限仍然有效。</translation>
    </message>
    <message>
        <source>How much of this computer indexing may take. On battery it is always gentle.</source>
        <translation>索引可占用这台电脑多少资源。使用电池时始终采用“温和”。</translation>
    </message>
    <message>
        <source>HyperSpot conversations %1</source>
        <translation>HyperSpot 对话 %1</translation>
    </message>
    <message>
        <source>HyperSpot crashed when it last ran; nothing that was saved is lost.</source>
        <translation>HyperSpot 上次运行时崩溃；已保存的内容没有丢失。</translation>
    </message>
    <message>
        <source>HyperSpot was stopped before it could end when it last ran; nothing that was saved is lost.</source>
        <translation>HyperSpot 上次运行时未能正常结束就被停止；已保存的内容没有丢失。</translation>
    </message>
    <message>
        <source>Import a GGUF file</source>
        <translation>导入 GGUF 文件</translation>
    </message>
    <message>
        <source>Import and export conversations</source>
        <translation>导入和导出对话</translation>
    </message>
    <message>
        <source>Imported: %1, %2.</source>
        <translation>已导入：%1，%2。</translation>
    </message>
    <message>
        <source>In the trash</source>
        <translation>在回收站中</translation>
    </message>
    <message>
        <source>Indexed</source>
        <translation>已索引</translation>
    </message>
    <message>
        <source>Indexed by words</source>
        <translation>已按词语索引</translation>
    </message>
    <message>
        <source>Indexing</source>
        <translation>正在索引</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>指令</translation>
    </message>
    <message>
        <source>It did not fit into the context window.</source>
        <translation>上下文窗口放不下它。</translation>
    </message>
    <message>
        <source>It has too little to do with the question.</source>
        <translation>它与问题的关联太小。</translation>
    </message>
    <message>
        <source>It is no longer in its folder.</source>
        <translation>它已不在其文件夹中。</translation>
    </message>
    <message>
        <source>It is not there any more.</source>
        <translation>它已不在原处。</translation>
    </message>
    <message>
        <source>It is small, and search answers at once when it is there.</source>
        <translation>它很小；保持加载时，搜索会立即响应。</translation>
    </message>
    <message>
        <source>It waits to be read.</source>
        <translation>等待读取。</translation>
    </message>
    <message>
        <source>It was joined with the passage beside it.</source>
        <translation>它已与相邻段落合并。</translation>
    </message>
    <message>
        <source>Its folder is not there now; what was read is kept.</source>
        <translation>其文件夹现在不在；已读取的内容会保留。</translation>
    </message>
    <message>
        <source>Its text is in a passage that is used.</source>
        <translation>其文字已包含在所用的段落中。</translation>
    </message>
    <message>
        <source>Joined</source>
        <translation>已合并</translation>
    </message>
    <message>
        <source>Keep deleted conversations</source>
        <translation>保留已删除的对话</translation>
    </message>
    <message>
        <source>Keep the embedding model loaded</source>
        <translation>保持嵌入模型加载</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Keys and lock</source>
        <translation>密钥与锁定</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Language of the window.</source>
        <translation>窗口的显示语言。</translation>
    </message>
    <message>
        <source>Large knowledge at the speed of a 3B model: only 3 of 30 billion weights work on each token. 32 GB of memory.</source>
        <translation>知识丰富，速度如同 3B 模型：每个词元只用到 300 亿参数中的 30 亿。需 32 GB 内存。</translation>
    </message>
    <message>
        <source>Last 12 months</source>
        <translation>过去 12 个月</translation>
    </message>
    <message>
        <source>Last 24 hours</source>
        <translation>过去 24 小时</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>过去 30 天</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>过去 7 天</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Loaded</source>
        <translation>已加载</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>正在加载</translation>
    </message>
    <message>
        <source>Local only</source>
        <translation>仅本机</translation>
    </message>
    <message>
        <source>Lock the window</source>
        <translation>锁定窗口</translation>
    </message>
    <message>
        <source>Lock the window after so long without use; 0 never does. Needs a passphrase: see Keys and lock.</source>
        <translation>闲置这么久后锁定窗口；0 表示从不。需要密码短语：见“密钥与锁定”。</translation>
    </message>
    <message>
        <source>Lock when idle</source>
        <translation>闲置时锁定</translation>
    </message>
    <message>
        <source>Looking for changes in %1.</source>
        <translation>正在检查“%1”中的更改。</translation>
    </message>
    <message>
        <source>Looking for files</source>
        <translation>正在查找文件</translation>
    </message>
    <message>
        <source>Made by hand</source>
        <translation>手动创建</translation>
    </message>
    <message>
        <source>Mailbox</source>
        <translation>邮箱文件</translation>
    </message>
    <message>
        <source>Match %1</source>
        <translation>匹配度 %1</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>语义</translation>
    </message>
    <message>
        <source>Measuring has started.</source>
        <translation>测速已开始。</translation>
    </message>
    <message>
        <source>Memory for models</source>
        <translation>模型可用内存</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>MiB</source>
        <translation>MiB</translation>
    </message>
    <message>
        <source>Model, %1 on the disk</source>
        <translation>模型，占用磁盘 %1</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Models folder</source>
        <translation>模型文件夹</translation>
    </message>
    <message>
        <source>My documents</source>
        <translation>我的文档</translation>
    </message>
    <message>
        <source>Needs %1</source>
        <translation>需要 %1</translation>
    </message>
    <message>
        <source>Needs text recognition</source>
        <translation>需要文字识别</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新聊天</translation>
    </message>
    <message>
        <source>New private chat</source>
        <translation>新建私密聊天</translation>
    </message>
    <message>
        <source>No document is read until this is switched off.</source>
        <translation>关闭此项之前不会读取任何文档。</translation>
    </message>
    <message>
        <source>No room</source>
        <translation>放不下</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>未检查</translation>
    </message>
    <message>
        <source>Not downloaded</source>
        <translation>未下载</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>Not here</source>
        <translation>不在这里</translation>
    </message>
    <message>
        <source>Not relevant</source>
        <translation>不相关</translation>
    </message>
    <message>
        <source>Nothing can be changed: %1</source>
        <translation>无法进行任何更改：%1</translation>
    </message>
    <message>
        <source>Nothing leaves this computer</source>
        <translation>数据不会离开这台电脑</translation>
    </message>
    <message>
        <source>Nothing to read in it yet</source>
        <translation>其中还没有可读取的内容</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>当前</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>Older</source>
        <translation>更早</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>在磁盘上</translation>
    </message>
    <message>
        <source>Only files and folders of this computer can be added.</source>
        <translation>只能添加这台电脑上的文件和文件夹。</translation>
    </message>
    <message>
        <source>Only files and folders of this computer can be imported.</source>
        <translation>只能导入此电脑上的文件和文件夹。</translation>
    </message>
    <message>
        <source>Only model downloads</source>
        <translation>仅下载模型</translation>
    </message>
    <message>
        <source>Only your passphrase or recovery code opens your data. Every start asks for it.</source>
        <translation>只有您的密码短语或恢复代码能打开您的数据。每次启动都会询问。</translation>
    </message>
    <message>
        <source>OpenDocument sheet</source>
        <translation>OpenDocument 表格</translation>
    </message>
    <message>
        <source>OpenDocument slides</source>
        <translation>OpenDocument 幻灯片</translation>
    </message>
    <message>
        <source>Others were better</source>
        <translation>有更好的</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>Pace of indexing</source>
        <translation>索引速度</translation>
    </message>
    <message>
        <source>Page %1</source>
        <translation>第 %1 页</translation>
    </message>
    <message>
        <source>Parallel connections</source>
        <translation>并行连接数</translation>
    </message>
    <message>
        <source>Pause indexing</source>
        <translation>暂停索引</translation>
    </message>
    <message>
        <source>Pause or resume indexing</source>
        <translation>暂停或继续索引</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Pleasant writing in more than a hundred languages, on 8 GB of memory.</source>
        <translation>以一百多种语言流畅写作，只需 8 GB 内存。</translation>
    </message>
    <message>
        <source>Precise search in many languages and in source code; slower than the small ones.</source>
        <translation>可在多种语言和源代码中精确搜索；比小模型慢。</translation>
    </message>
    <message>
        <source>Previous 30 days</source>
        <translation>过去 30 天</translation>
    </message>
    <message>
        <source>Previous 7 days</source>
        <translation>过去 7 天</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>Private chat</source>
        <translation>私密聊天</translation>
    </message>
    <message>
        <source>Private, not kept</source>
        <translation>私密，不保存</translation>
    </message>
    <message>
        <source>Puts found passages into a better order before a question is answered. Over a hundred languages.</source>
        <translation>在回答问题之前为找到的段落优化排序。支持一百多种语言。</translation>
    </message>
    <message>
        <source>Quick rewriting and summaries, with a long context.</source>
        <translation>快速改写和总结，支持长上下文。</translation>
    </message>
    <message>
        <source>Ratings below are for this computer.</source>
        <translation>以下评估针对这台电脑。</translation>
    </message>
    <message>
        <source>Reasons in steps; only a part of it works on each token, so it is quick for its size. 24 GB of memory.</source>
        <translation>逐步推理；每个词元只用到部分参数，因此就其规模而言很快。需 24 GB 内存。</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>减少动画</translation>
    </message>
    <message>
        <source>Refuse every connection. Off, the program still connects only when you start a download.</source>
        <translation>拒绝所有连接。关闭时，程序也只在您开始下载时联网。</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>已移除</translation>
    </message>
    <message>
        <source>Restored</source>
        <translation>已恢复</translation>
    </message>
    <message>
        <source>Rich text</source>
        <translation>富文本</translation>
    </message>
    <message>
        <source>Rich writing and translation, for computers with 16 GB of memory.</source>
        <translation>写作和翻译能力丰富，适合 16 GB 内存的电脑。</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Sample documents</source>
        <translation>示例文档</translation>
    </message>
    <message>
        <source>Search across more than a hundred languages.</source>
        <translation>支持一百多种语言的搜索。</translation>
    </message>
    <message>
        <source>Search in documents</source>
        <translation>在文档中搜索</translation>
    </message>
    <message>
        <source>Search in documents for “%1”</source>
        <translation>在文档中搜索“%1”</translation>
    </message>
    <message>
        <source>Second folder for backups</source>
        <translation>备份的第二个文件夹</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Sheet %1</source>
        <translation>工作表 %1</translation>
    </message>
    <message>
        <source>Shell</source>
        <translation>Shell</translation>
    </message>
    <message>
        <source>Show changes at once instead of animating them.</source>
        <translation>直接显示变化，不使用动画。</translation>
    </message>
    <message>
        <source>Show or hide the side bar</source>
        <translation>显示或隐藏侧边栏</translation>
    </message>
    <message>
        <source>Show speed under answers</source>
        <translation>在回答下方显示速度</translation>
    </message>
    <message>
        <source>Size of all text in the window.</source>
        <translation>窗口中所有文字的大小。</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>Slide %1</source>
        <translation>幻灯片 %1</translation>
    </message>
    <message>
        <source>Slides</source>
        <translation>幻灯片</translation>
    </message>
    <message>
        <source>Small and surprisingly able; thinks before it answers when asked to. Many languages.</source>
        <translation>小巧而出色；可按要求先思考再回答。支持多种语言。</translation>
    </message>
    <message>
        <source>Solid answers and summaries on 8 GB of memory.</source>
        <translation>在 8 GB 内存上提供可靠的回答和总结。</translation>
    </message>
    <message>
        <source>Source code</source>
        <translation>源代码</translation>
    </message>
    <message>
        <source>Starts no longer ask for the passphrase.</source>
        <translation>启动时不再询问密码短语。</translation>
    </message>
    <message>
        <source>Stay offline</source>
        <translation>保持离线</translation>
    </message>
    <message>
        <source>Strong at reasoning and mathematics for its size.</source>
        <translation>就其规模而言，擅长推理和数学。</translation>
    </message>
    <message>
        <source>Stronger lines and text.</source>
        <translation>更醒目的线条和文字。</translation>
    </message>
    <message>
        <source>Switch between light and dark</source>
        <translation>切换浅色与深色</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>The %1 oldest messages no longer fit and will be left out.</source>
        <translation>最早的 %1 条消息已放不下，将被略去。</translation>
    </message>
    <message>
        <source>The %1 oldest messages no longer fit into the model&apos;s context and were left out of this answer.</source>
        <translation>最早的 %1 条消息超出模型的上下文，此回答未参考它们。</translation>
    </message>
    <message>
        <source>The answer was deleted for ever.</source>
        <translation>回答已永久删除。</translation>
    </message>
    <message>
        <source>The answer was deleted.</source>
        <translation>回答已删除。</translation>
    </message>
    <message>
        <source>The answer was interrupted.</source>
        <translation>回答被中断。</translation>
    </message>
    <message>
        <source>The backup %1 is in the trash.</source>
        <translation>备份 %1 在回收站中。</translation>
    </message>
    <message>
        <source>The backup is damaged: nothing can be restored from it.</source>
        <translation>备份已损坏：无法从中恢复任何内容。</translation>
    </message>
    <message>
        <source>The backup is made, and every page of it was checked.</source>
        <translation>备份已创建，每一页都已检查。</translation>
    </message>
    <message>
        <source>The backup is whole: every page of it was read.</source>
        <translation>备份完好：每一页都已读取。</translation>
    </message>
    <message>
        <source>The best balance of quality and speed on 8 GB of memory.</source>
        <translation>在 8 GB 内存上质量与速度的最佳平衡。</translation>
    </message>
    <message>
        <source>The clipboard holds no files. Copy some in your file manager first.</source>
        <translation>剪贴板中没有文件。请先在文件管理器中复制一些。</translation>
    </message>
    <message>
        <source>The disk is full: nothing new can be stored. An answer under way is kept in memory.</source>
        <translation>磁盘已满：无法存储新内容。进行中的回答保留在内存中。</translation>
    </message>
    <message>
        <source>The download has started. Activity shows how far it is.</source>
        <translation>下载已开始。“活动”页会显示进度。</translation>
    </message>
    <message>
        <source>The file has changed since. This is what the answer was made from.</source>
        <translation>此文件之后已更改。这是回答所依据的内容。</translation>
    </message>
    <message>
        <source>The file is away now. This is what was read of it.</source>
        <translation>此文件现在不在原处。这是之前读取的内容。</translation>
    </message>
    <message>
        <source>The file is no longer in the collection. This is what was read of it.</source>
        <translation>此文件已不在文档集中。这是之前读取的内容。</translation>
    </message>
    <message>
        <source>The full path of a folder on another drive; it gets a copy of the newest backup. Empty: none.</source>
        <translation>另一个驱动器上文件夹的完整路径；它会得到最新备份的副本。留空则没有。</translation>
    </message>
    <message>
        <source>The import was undone. Its conversations are in the trash.</source>
        <translation>导入已撤销。其对话在回收站中。</translation>
    </message>
    <message>
        <source>The import was undone. You have written in %1 since: they stay.</source>
        <translation>导入已撤销。此后您在 %1 中写过内容：这些会保留。</translation>
    </message>
    <message>
        <source>The key of your data can only be reached by hand.</source>
        <translation>您数据的密钥只能手动获取。</translation>
    </message>
    <message>
        <source>The key of your data is kept in a file that only your account can read: %1</source>
        <translation>您数据的密钥保存在只有您的账户能读取的文件中：%1</translation>
    </message>
    <message>
        <source>The key of your data is kept in the keyring of the operating system.</source>
        <translation>您数据的密钥保存在操作系统的密钥环中。</translation>
    </message>
    <message>
        <source>The message is in the trash.</source>
        <translation>消息在回收站中。</translation>
    </message>
    <message>
        <source>The model new conversations use. Empty: the best one there is.</source>
        <translation>新对话使用的模型。留空：使用现有最好的。</translation>
    </message>
    <message>
        <source>The model that puts found passages into a better order. Empty: the one installed.</source>
        <translation>为找到的段落优化排序的模型。留空：使用已安装的。</translation>
    </message>
    <message>
        <source>The model that search uses. Empty: the one installed.</source>
        <translation>搜索使用的模型。留空：使用已安装的。</translation>
    </message>
    <message>
        <source>The model was given this passage.</source>
        <translation>此段落已提供给模型。</translation>
    </message>
    <message>
        <source>The model would be given the same passages.</source>
        <translation>提供给模型的段落不会改变。</translation>
    </message>
    <message>
        <source>The newest checked backup is from %1.</source>
        <translation>最新的已检查备份来自 %1。</translation>
    </message>
    <message>
        <source>The newest whole backup is from %1 and has %2.</source>
        <translation>最新的完好备份来自 %1，含 %2。</translation>
    </message>
    <message>
        <source>The newest whole backup is from %1.</source>
        <translation>最新的完好备份来自 %1。</translation>
    </message>
    <message>
        <source>The old recovery code no longer works.</source>
        <translation>旧的恢复代码已失效。</translation>
    </message>
    <message>
        <source>The passphrase no longer opens anything.</source>
        <translation>该密码短语不再能打开任何内容。</translation>
    </message>
    <message>
        <source>The passphrase was changed.</source>
        <translation>密码短语已更改。</translation>
    </message>
    <message>
        <source>The passphrase works from now on.</source>
        <translation>密码短语从现在起有效。</translation>
    </message>
    <message>
        <source>The question is about all files: %1 of %2 were read for it.</source>
        <translation>该问题涉及所有文件：已为此读取 %1 / %2 个。</translation>
    </message>
    <message>
        <source>The report could not be saved there.</source>
        <translation>无法将报告保存到该位置。</translation>
    </message>
    <message>
        <source>The report is saved: %1</source>
        <translation>报告已保存：%1</translation>
    </message>
    <message>
        <source>The starter for search: small, quick, English.</source>
        <translation>搜索入门模型：小巧、快速、英文。</translation>
    </message>
    <message>
        <source>The starter&apos;s model for search in full precision, for llama.cpp: half as fast.</source>
        <translation>入门搜索模型的全精度版本，用于 llama.cpp：速度减半。</translation>
    </message>
    <message>
        <source>The starter: tiny and instant, for trying things out. It knows little and errs often.</source>
        <translation>入门模型：极小、即时响应，适合试用。它知识有限，经常出错。</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>两者不一致。</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>There is no checked backup yet.</source>
        <translation>还没有已检查的备份。</translation>
    </message>
    <message>
        <source>There was nothing to take back.</source>
        <translation>没有可撤回的内容。</translation>
    </message>
    <message>
        <source>This address is not opened: only web addresses are.</source>
        <translation>未打开此地址：只能打开网页地址。</translation>
    </message>
    <message>
        <source>This search did not find it.</source>
        <translation>此次搜索未找到它。</translation>
    </message>
    <message>
        <source>Tight</source>
        <translation>勉强</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Tokens, tokens per second and time to the first token under each answer.</source>
        <translation>在每个回答下方显示词元数、每秒词元数和首个词元用时。</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>回收站</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Unload idle models after</source>
        <translation>闲置模型卸载时间</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>无标题</translation>
    </message>
    <message>
        <source>Up to date</source>
        <translation>已是最新</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>已使用</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Watch a folder</source>
        <translation>监视文件夹</translation>
    </message>
    <message>
        <source>Web pages</source>
        <translation>网页</translation>
    </message>
    <message>
        <source>Where downloaded and copied models are kept. Empty: in the home folder.</source>
        <translation>下载和复制的模型的存放位置。留空：在主目录中。</translation>
    </message>
    <message>
        <source>Whole, checked %1</source>
        <translation>完好，检查于 %1</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词语</translation>
    </message>
    <message>
        <source>Words and meaning</source>
        <translation>词语和语义</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>You</source>
        <translation>您</translation>
    </message>
    <message>
        <source>You stopped this answer.</source>
        <translation>您停止了此回答。</translation>
    </message>
    <message>
        <source>Your message was deleted for ever.</source>
        <translation>您的消息已永久删除。</translation>
    </message>
    <message>
        <source>Your message was deleted.</source>
        <translation>您的消息已删除。</translation>
    </message>
    <message>
        <source>about %1 min at 100 Mbit/s</source>
        <translation>100 Mbit/s 下约 %1 分钟</translation>
    </message>
    <message>
        <source>by the conversation</source>
        <translation>结合对话</translation>
    </message>
    <message>
        <source>connections</source>
        <translation>个连接</translation>
    </message>
    <message>
        <source>context %1 / %2</source>
        <translation>上下文 %1 / %2</translation>
    </message>
    <message>
        <source>days</source>
        <translation>天</translation>
    </message>
    <message>
        <source>deleted by itself %1</source>
        <translation>将于 %1 自动删除</translation>
    </message>
    <message>
        <source>exact phrase</source>
        <translation>精确短语</translation>
    </message>
    <message>
        <source>first token %1 s</source>
        <translation>首个词元 %1 秒</translation>
    </message>
    <message>
        <source>for search</source>
        <translation>用于搜索</translation>
    </message>
    <message>
        <source>keyword</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>licence: %1</source>
        <translation>许可证：%1</translation>
    </message>
    <message>
        <source>meaning</source>
        <translation>语义</translation>
    </message>
    <message>
        <source>meaning %1</source>
        <translation>语义 %1</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>no GPU found</source>
        <translation>未找到 GPU</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>p. %1</source>
        <translation>第 %1 页</translation>
    </message>
    <message>
        <source>passages/s</source>
        <translation>段/秒</translation>
    </message>
    <message>
        <source>percent</source>
        <translation>百分比</translation>
    </message>
    <message>
        <source>reads %1</source>
        <translation>读取 %1</translation>
    </message>
    <message>
        <source>reranked</source>
        <translation>已重排</translation>
    </message>
    <message>
        <source>sheet %1</source>
        <translation>工作表 %1</translation>
    </message>
    <message>
        <source>slide %1</source>
        <translation>幻灯片 %1</translation>
    </message>
    <message>
        <source>tok/s</source>
        <translation>词元/秒</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>up to %1 passages</source>
        <translation>最多 %1 个段落</translation>
    </message>
    <message>
        <source>was in the trash</source>
        <translation>曾在回收站中</translation>
    </message>
    <message>
        <source>with neighbours</source>
        <translation>含相邻段落</translation>
    </message>
    <message>
        <source>words: %1</source>
        <translation>词语：%1</translation>
    </message>
    <message>
        <source>writes %1</source>
        <translation>生成 %1</translation>
    </message>
    <message>
        <source>中文</source>
        <translation>中文</translation>
    </message>
</context>
<context>
    <name>ImportCard</name>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Histories of ChatGPT, Claude, Open WebUI, LM Studio, Jan and GPT4All, and exports of HyperSpot: a file, a ZIP or a folder. First you see what would come in.</source>
        <translation>ChatGPT、Claude、Open WebUI、LM Studio、Jan 和 GPT4All 的历史记录，以及 HyperSpot 的导出：文件、ZIP 或文件夹。您会先看到将导入的内容。</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Checking %1</source>
        <translation>正在检查 %1</translation>
    </message>
    <message>
        <source>Importing %1</source>
        <translation>正在导入 %1</translation>
    </message>
    <message>
        <source>Left out: %1</source>
        <translation>已略过：%1</translation>
    </message>
    <message>
        <source>Undo the import</source>
        <translation>撤销导入</translation>
    </message>
    <message>
        <source>Choose what to import</source>
        <translation>选择要导入的内容</translation>
    </message>
    <message>
        <source>Histories (*.json *.zip *.chat)</source>
        <translation>历史记录 (*.json *.zip *.chat)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Choose the folder of a history</source>
        <translation>选择历史记录的文件夹</translation>
    </message>
</context>
<context>
    <name>ImportPreview</name>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Do not import</source>
        <translation>不导入</translation>
    </message>
    <message>
        <source>Would be left out: %1</source>
        <translation>将略过：%1</translation>
    </message>
    <message>
        <source>What would come in</source>
        <translation>将导入的内容</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>以及另外 %1 个</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>No source is open</source>
        <translation>未打开来源</translation>
    </message>
    <message>
        <source>Choose a number in an answer, or a card below it.</source>
        <translation>请选择回答中的编号或其下方的卡片。</translation>
    </message>
    <message>
        <source>Close the source</source>
        <translation>关闭来源</translation>
    </message>
    <message>
        <source>Previous source</source>
        <translation>上一个来源</translation>
    </message>
    <message>
        <source>Next source</source>
        <translation>下一个来源</translation>
    </message>
    <message>
        <source>Show as</source>
        <translation>显示方式</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Show the page large</source>
        <translation>放大显示页面</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Above is what the answer was made from.</source>
        <translation>上方是回答所依据的内容。</translation>
    </message>
    <message>
        <source>Open the file</source>
        <translation>打开文件</translation>
    </message>
    <message>
        <source>Show in its folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Copy the quote</source>
        <translation>复制引文</translation>
    </message>
    <message>
        <source>How this was found</source>
        <translation>查找过程</translation>
    </message>
</context>
<context>
    <name>JobCard</name>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Cancel %1</source>
        <translation>取消“%1”</translation>
    </message>
    <message>
        <source>Remove %1 from the list</source>
        <translation>从列表中移除“%1”</translation>
    </message>
</context>
<context>
    <name>KeysSheet</name>
    <message>
        <source>Keys and lock</source>
        <translation>密钥与锁定</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>密码短语</translation>
    </message>
    <message>
        <source>Opens your data on any computer, and this window when it is locked.</source>
        <translation>可在任何电脑上打开您的数据，并解锁此窗口。</translation>
    </message>
    <message>
        <source>Not set. It would open your data when the keyring is lost, and lets you lock the window.</source>
        <translation>未设置。密钥环丢失时它能打开您的数据，并让您锁定窗口。</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Set a passphrase</source>
        <translation>设置密码短语</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Ask at every start</source>
        <translation>每次启动时询问</translation>
    </message>
    <message>
        <source>Then the keyring no longer opens your data: only the passphrase or the recovery code does.</source>
        <translation>那么密钥环不再能打开您的数据：只有密码短语或恢复代码可以。</translation>
    </message>
    <message>
        <source>Recovery code</source>
        <translation>恢复代码</translation>
    </message>
    <message>
        <source>You have kept it. A new one makes the old one useless.</source>
        <translation>您已保存它。新代码会使旧代码失效。</translation>
    </message>
    <message>
        <source>Not kept yet. If the keyring is lost, only it or the passphrase opens your data.</source>
        <translation>尚未保存。若密钥环丢失，只有它或密码短语能打开您的数据。</translation>
    </message>
    <message>
        <source>New recovery code</source>
        <translation>新恢复代码</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Ctrl Shift L locks the window. Settings, Privacy says after how long without use it locks itself.</source>
        <translation>Ctrl Shift L 锁定窗口。在“设置 · 隐私”中可设置闲置多久后自动锁定。</translation>
    </message>
    <message>
        <source>Needs a passphrase.</source>
        <translation>需要密码短语。</translation>
    </message>
    <message>
        <source>Lock now</source>
        <translation>立即锁定</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
</context>
<context>
    <name>LinkSheet</name>
    <message>
        <source>Open your mail program?</source>
        <translation>要打开邮件程序吗？</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>LockScreen</name>
    <message>
        <source>HyperSpot is locked</source>
        <translation>HyperSpot 已锁定</translation>
    </message>
    <message>
        <source>What runs goes on behind it: answers, indexing, downloads.</source>
        <translation>运行中的任务在后台继续：回答、索引、下载。</translation>
    </message>
    <message>
        <source>Passphrase or recovery code</source>
        <translation>密码短语或恢复代码</translation>
    </message>
    <message>
        <source>One moment …</source>
        <translation>请稍候…</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>To lock the window, set a passphrase first: it opens the window again.</source>
        <translation>要锁定窗口，请先设置密码短语：它能再次打开窗口。</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>Load</source>
        <translation>加载</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>Unload</source>
        <translation>卸载</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>移除记录</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Cancel the download of %1</source>
        <translation>取消下载 %1</translation>
    </message>
    <message>
        <source>More about %1</source>
        <translation>更多：%1</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>重新测速</translation>
    </message>
    <message>
        <source>Measure on this computer</source>
        <translation>在这台电脑上测速</translation>
    </message>
    <message>
        <source>Optimise for this computer</source>
        <translation>为这台电脑优化</translation>
    </message>
    <message>
        <source>Forget (the file stays)</source>
        <translation>移除记录（保留文件）</translation>
    </message>
    <message>
        <source>Delete from disk</source>
        <translation>从磁盘删除</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Import a GGUF file</source>
        <translation>导入 GGUF 文件</translation>
    </message>
    <message>
        <source>Copy into the profile</source>
        <translation>复制到用户目录</translation>
    </message>
    <message>
        <source>Use where it is</source>
        <translation>在原位置使用</translation>
    </message>
    <message>
        <source>Do not import</source>
        <translation>不导入</translation>
    </message>
    <message>
        <source>%1 is stored in a form that this computer reads slowly.</source>
        <translation>%1 的存储格式在这台电脑上读取较慢。</translation>
    </message>
    <message>
        <source>A converted copy answers faster; both are measured and neither is deleted.</source>
        <translation>转换后的副本回答更快；两者都会测速，且都不会被删除。</translation>
    </message>
    <message>
        <source>Optimise</source>
        <translation>优化</translation>
    </message>
    <message>
        <source>From an address</source>
        <translation>从网址添加</translation>
    </message>
    <message>
        <source>https://… of a GGUF file, or owner/repository/file.gguf</source>
        <translation>GGUF 文件的 https://… 地址，或 所有者/仓库/文件.gguf</translation>
    </message>
    <message>
        <source>Address of a model</source>
        <translation>模型地址</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>No models yet</source>
        <translation>还没有模型</translation>
    </message>
    <message>
        <source>Import a GGUF file that you have, or give the address of one.</source>
        <translation>导入您已有的 GGUF 文件，或填写其地址。</translation>
    </message>
    <message>
        <source>Choose a GGUF file</source>
        <translation>选择 GGUF 文件</translation>
    </message>
    <message>
        <source>Models (*.gguf)</source>
        <translation>模型 (*.gguf)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Save report…</source>
        <translation>保存报告…</translation>
    </message>
    <message>
        <source>Put the note on the last run away</source>
        <translation>收起关于上次运行的提示</translation>
    </message>
    <message>
        <source>Reading, searching and exporting work.</source>
        <translation>阅读、搜索和导出可用。</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Put the note on the repair away</source>
        <translation>收起修复提示</translation>
    </message>
</context>
<context>
    <name>PaceCard</name>
    <message>
        <source>Gentle</source>
        <translation>温和</translation>
    </message>
    <message>
        <source>One file at a time, with rests. What a battery gets by itself.</source>
        <translation>一次一个文件，中间有停歇。使用电池时自动采用。</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>Steady, and out of the way while an answer is written.</source>
        <translation>稳步进行，生成回答时让路。</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>全速</translation>
    </message>
    <message>
        <source>As fast as this computer can. Other programs may feel it.</source>
        <translation>以这台电脑的最快速度进行。其他程序可能会受影响。</translation>
    </message>
    <message>
        <source>Pace of indexing</source>
        <translation>索引速度</translation>
    </message>
    <message>
        <source>Reading documents</source>
        <translation>读取文档</translation>
    </message>
    <message>
        <source>Paused until you resume it, also after a restart.</source>
        <translation>已暂停，直到您选择继续；重新启动后也是如此。</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
</context>
<context>
    <name>PagePicture</name>
    <message>
        <source>Page %1</source>
        <translation>第 %1 页</translation>
    </message>
</context>
<context>
    <name>PageSheet</name>
    <message>
        <source>Page %1 of %2</source>
        <translation>第 %1 页，共 %2 页</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>PageTurner</name>
    <message>
        <source>Previous page</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>Page %1 of %2</source>
        <translation>第 %1 页，共 %2 页</translation>
    </message>
    <message>
        <source>Page %1</source>
        <translation>第 %1 页</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>下一页</translation>
    </message>
</context>
<context>
    <name>PaletteSheet</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search chats, messages, documents, commands and settings</source>
        <translation>搜索聊天、消息、文档、命令和设置</translation>
    </message>
    <message>
        <source>Searching messages and files…</source>
        <translation>正在搜索消息和文件…</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>搜索结果</translation>
    </message>
    <message>
        <source>Nothing found. Fewer or shorter words find more.</source>
        <translation>未找到结果。请尝试更少或更短的词。</translation>
    </message>
</context>
<context>
    <name>PassagePreview</name>
    <message>
        <source>The passage in its place</source>
        <translation>段落在原文中的位置</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Show as</source>
        <translation>显示方式</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Show the page large</source>
        <translation>放大显示页面</translation>
    </message>
    <message>
        <source>Found by %1</source>
        <translation>匹配依据：%1</translation>
    </message>
    <message>
        <source>Ask about this</source>
        <translation>就此提问</translation>
    </message>
    <message>
        <source>Open file</source>
        <translation>打开文件</translation>
    </message>
    <message>
        <source>Show in its folder</source>
        <translation>在文件夹中显示</translation>
    </message>
</context>
<context>
    <name>PassphraseForm</name>
    <message>
        <source>Current passphrase, or the recovery code</source>
        <translation>当前密码短语或恢复代码</translation>
    </message>
    <message>
        <source>New passphrase</source>
        <translation>新密码短语</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>密码短语</translation>
    </message>
    <message>
        <source>The same again</source>
        <translation>再输入一次</translation>
    </message>
    <message>
        <source>Remove the passphrase</source>
        <translation>移除密码短语</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>PreviewLine</name>
    <message>
        <source>Do not restore %1</source>
        <translation>不恢复 %1</translation>
    </message>
    <message>
        <source>Restore %1</source>
        <translation>恢复 %1</translation>
    </message>
</context>
<context>
    <name>PrivacyCard</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>in progress</source>
        <translation>进行中</translation>
    </message>
</context>
<context>
    <name>QuoteView</name>
    <message>
        <source>Passage</source>
        <translation>段落</translation>
    </message>
</context>
<context>
    <name>RecommendedCard</name>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
</context>
<context>
    <name>RecoveryReminder</name>
    <message>
        <source>Your recovery code is not kept yet. It opens your data when the keyring is lost.</source>
        <translation>您的恢复代码尚未保存。密钥环丢失时它能打开您的数据。</translation>
    </message>
    <message>
        <source>Show a new one</source>
        <translation>显示新代码</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>以后</translation>
    </message>
    <message>
        <source>The next start reminds again.</source>
        <translation>下次启动会再次提醒。</translation>
    </message>
</context>
<context>
    <name>RecoverySheet</name>
    <message>
        <source>Your recovery code</source>
        <translation>您的恢复码</translation>
    </message>
    <message>
        <source>Everything here is encrypted on this computer. If its keyring is ever lost, only this code opens your data. It is shown now and never again: write it down, or keep it in a password manager.</source>
        <translation>这里的所有内容都在本机加密保存。如果系统密钥环丢失，只有此恢复码能打开您的数据。它只显示这一次：请抄写下来，或保存到密码管理器中。</translation>
    </message>
    <message>
        <source>Recovery code: %1</source>
        <translation>恢复码：%1</translation>
    </message>
    <message>
        <source>I have kept it</source>
        <translation>我已保存</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>以后</translation>
    </message>
    <message>
        <source>You will be reminded; a new code is made then.</source>
        <translation>会提醒您；届时会生成新代码。</translation>
    </message>
</context>
<context>
    <name>RepairSheet</name>
    <message>
        <source>What was repaired</source>
        <translation>修复了什么</translation>
    </message>
    <message>
        <source>The file from before is kept: %1</source>
        <translation>之前的文件已保留：%1</translation>
    </message>
    <message>
        <source>Show in its folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>I have read it</source>
        <translation>我已阅读</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>备份</translation>
    </message>
</context>
<context>
    <name>RetrievalForm</name>
    <message>
        <source>Try again with</source>
        <translation>重试方式</translation>
    </message>
    <message>
        <source>Search by</source>
        <translation>搜索方式</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>两者</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词语</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>语义</translation>
    </message>
    <message>
        <source>Fewer passages</source>
        <translation>减少段落</translation>
    </message>
    <message>
        <source>%1 passages</source>
        <translation>%1 个段落</translation>
    </message>
    <message>
        <source>More passages</source>
        <translation>增加段落</translation>
    </message>
    <message>
        <source>Rerank</source>
        <translation>重排</translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation>相邻段落</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>Search again</source>
        <translation>重新搜索</translation>
    </message>
    <message>
        <source>Back to the answer&apos;s</source>
        <translation>恢复为回答所用的</translation>
    </message>
</context>
<context>
    <name>RetrievalSheet</name>
    <message>
        <source>How this was found</source>
        <translation>查找过程</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Passage</source>
        <translation>段落</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词语</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>语义</translation>
    </message>
    <message>
        <source>Reranked</source>
        <translation>重排后</translation>
    </message>
    <message>
        <source>In the answer</source>
        <translation>在回答中</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>What became of it</source>
        <translation>处理结果</translation>
    </message>
    <message>
        <source>Passages that were found</source>
        <translation>找到的段落</translation>
    </message>
    <message>
        <source>Nothing was found</source>
        <translation>未找到结果</translation>
    </message>
    <message>
        <source>Nothing is known about this answer</source>
        <translation>没有此回答的相关信息</translation>
    </message>
    <message>
        <source>Every file was gone through</source>
        <translation>已逐个检查每个文件</translation>
    </message>
    <message>
        <source>No passage of the chosen documents has to do with the question.</source>
        <translation>所选文档中没有与问题相关的段落。</translation>
    </message>
    <message>
        <source>It was not made from documents, or what was kept of it is gone.</source>
        <translation>它并非根据文档生成，或其保存的记录已不存在。</translation>
    </message>
</context>
<context>
    <name>RunningLine</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Passages in your documents, by their words and by what they mean.</source>
        <translation>按词语和语义查找您文档中的段落。</translation>
    </message>
    <message>
        <source>Search in your documents</source>
        <translation>在您的文档中搜索</translation>
    </message>
    <message>
        <source>Words, &quot;an exact phrase&quot;, or a question</source>
        <translation>词语、&quot;精确短语&quot;或问题</translation>
    </message>
    <message>
        <source>Search by</source>
        <translation>搜索方式</translation>
    </message>
    <message>
        <source>Only in %1; press to search everywhere</source>
        <translation>仅在“%1”中；按下可搜索全部</translation>
    </message>
    <message>
        <source>Collection</source>
        <translation>文档集</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>更改时间</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Passages</source>
        <translation>段落</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>显示更多</translation>
    </message>
    <message>
        <source>Nothing to search yet</source>
        <translation>还没有可搜索的内容</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>未找到结果</translation>
    </message>
    <message>
        <source>Type to search</source>
        <translation>输入以搜索</translation>
    </message>
    <message>
        <source>Add files or a folder; what stands in them is found here within seconds.</source>
        <translation>添加文件或文件夹；几秒内即可在这里找到其中的内容。</translation>
    </message>
    <message>
        <source>Other words may find it, or fewer filters.</source>
        <translation>换用其他词语或减少筛选条件，也许能找到。</translation>
    </message>
    <message>
        <source>Other words may find it, or fewer of them.</source>
        <translation>换用其他词语或减少词语，也许能找到。</translation>
    </message>
    <message>
        <source>Results come as you type. Quotes find an exact phrase, a star ends a beginning: contr*.</source>
        <translation>输入时即显示结果。用引号查找精确短语，在词首后加星号查找以其开头的词：contr*。</translation>
    </message>
    <message>
        <source>Add documents</source>
        <translation>添加文档</translation>
    </message>
</context>
<context>
    <name>SettingLine</name>
    <message>
        <source>Back to the default: %1</source>
        <translation>恢复默认：%1</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Changes are kept at once. The arrow beside a value takes it back to its default.</source>
        <translation>更改会立即保存。点击数值旁的箭头可恢复默认值。</translation>
    </message>
    <message>
        <source>Import and export</source>
        <translation>导入和导出</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>回收站</translation>
    </message>
    <message>
        <source>Keys and lock</source>
        <translation>密钥与锁定</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>ShortcutsSheet</name>
    <message>
        <source>New chat</source>
        <translation>新聊天</translation>
    </message>
    <message>
        <source>Search everything</source>
        <translation>搜索全部</translation>
    </message>
    <message>
        <source>Find in this chat</source>
        <translation>在此聊天中查找</translation>
    </message>
    <message>
        <source>Write a message</source>
        <translation>撰写消息</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>New line</source>
        <translation>换行</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>停止回答</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Show or hide the side bar</source>
        <translation>显示或隐藏侧边栏</translation>
    </message>
    <message>
        <source>Move the selected conversation to the trash</source>
        <translation>将所选对话移到回收站</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>此列表</translation>
    </message>
    <message>
        <source>Show or hide the source</source>
        <translation>显示或隐藏来源</translation>
    </message>
    <message>
        <source>Search in documents</source>
        <translation>在文档中搜索</translation>
    </message>
    <message>
        <source>Chat, Documents, Search, Models, Activity</source>
        <translation>聊天、文档、搜索、模型、活动</translation>
    </message>
    <message>
        <source>Add copied files (on the Documents page)</source>
        <translation>添加已复制的文件（在“文档”页）</translation>
    </message>
    <message>
        <source>Rename the selected conversation or collection</source>
        <translation>重命名所选对话或文档集</translation>
    </message>
    <message>
        <source>New private chat</source>
        <translation>新建私密聊天</translation>
    </message>
    <message>
        <source>Lock the window</source>
        <translation>锁定窗口</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
</context>
<context>
    <name>SideBar</name>
    <message>
        <source>Side bar</source>
        <translation>侧边栏</translation>
    </message>
    <message>
        <source>Show all conversations</source>
        <translation>显示所有对话</translation>
    </message>
    <message>
        <source>Find a conversation</source>
        <translation>查找对话</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新聊天</translation>
    </message>
    <message>
        <source>Ctrl N</source>
        <translation>Ctrl N</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Ctrl 3</source>
        <translation>Ctrl 3</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>No conversation has this in its title.</source>
        <translation>没有标题包含此内容的对话。</translation>
    </message>
    <message>
        <source>Your conversations will be listed here.</source>
        <translation>您的对话将列在这里。</translation>
    </message>
</context>
<context>
    <name>Skeleton</name>
    <message>
        <source>Loading</source>
        <translation>正在加载</translation>
    </message>
</context>
<context>
    <name>SourceCard</name>
    <message>
        <source>Source %1: %2</source>
        <translation>来源 %1：%2</translation>
    </message>
    <message>
        <source>Open the file</source>
        <translation>打开文件</translation>
    </message>
    <message>
        <source>Show in its folder</source>
        <translation>在文件夹中显示</translation>
    </message>
</context>
<context>
    <name>SourcesBlock</name>
    <message>
        <source>Sources</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>No passage is cited here.</source>
        <translation>此处未引用任何段落。</translation>
    </message>
</context>
<context>
    <name>SourcesSheet</name>
    <message>
        <source>What belongs to %1</source>
        <translation>“%1”包含的内容</translation>
    </message>
    <message>
        <source>Nothing any more. Add files or a folder to it.</source>
        <translation>已经没有内容。请添加文件或文件夹。</translation>
    </message>
    <message>
        <source>Notice changes</source>
        <translation>留意更改</translation>
    </message>
    <message>
        <source>Stop noticing</source>
        <translation>不再留意更改</translation>
    </message>
    <message>
        <source>Show %1 in the file manager</source>
        <translation>在文件管理器中显示“%1”</translation>
    </message>
    <message>
        <source>Take %1 out of the collection</source>
        <translation>将“%1”移出文档集</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>StartProblem</name>
    <message>
        <source>The profile could not be opened</source>
        <translation>无法打开用户配置</translation>
    </message>
    <message>
        <source>Your profile is locked</source>
        <translation>您的用户配置已锁定</translation>
    </message>
    <message>
        <source>Your profile could not be opened</source>
        <translation>无法打开您的用户配置</translation>
    </message>
    <message>
        <source>Your files have not been changed.</source>
        <translation>您的文件未被更改。</translation>
    </message>
    <message>
        <source>HyperSpot asks for your passphrase at every start. The recovery code works, too.</source>
        <translation>HyperSpot 每次启动都会询问您的密码短语。恢复代码也可以。</translation>
    </message>
    <message>
        <source>Recovery code or passphrase</source>
        <translation>恢复码或口令</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>ThinkingBlock</name>
    <message>
        <source>Reading your message</source>
        <translation>正在阅读您的消息</translation>
    </message>
</context>
<context>
    <name>TrashPage</name>
    <message>
        <source>Trash</source>
        <translation>回收站</translation>
    </message>
    <message>
        <source>In the trash</source>
        <translation>在回收站中</translation>
    </message>
    <message>
        <source>Everything here is deleted for ever. There is no way back.</source>
        <translation>这里的一切将被永久删除，无法恢复。</translation>
    </message>
    <message>
        <source>What you delete stays here for 30 days. Deleting for ever removes it from every file, and from all later backups.</source>
        <translation>您删除的内容在这里保留 30 天。永久删除会将其从每个文件和之后的所有备份中清除。</translation>
    </message>
    <message>
        <source>Deleting…</source>
        <translation>正在删除…</translation>
    </message>
    <message>
        <source>Empty the trash</source>
        <translation>清空回收站</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Delete everything for ever</source>
        <translation>永久删除全部</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>There is no way back.</source>
        <translation>此操作无法撤销。</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Delete for ever</source>
        <translation>永久删除</translation>
    </message>
    <message>
        <source>The trash is empty</source>
        <translation>回收站是空的</translation>
    </message>
    <message>
        <source>Deleted conversations, messages, collections and models wait here for 30 days.</source>
        <translation>已删除的对话、消息、集合和模型在这里保留 30 天。</translation>
    </message>
</context>
<context>
    <name>UserBlock</name>
    <message>
        <source>You: %1</source>
        <translation>您：%1</translation>
    </message>
    <message>
        <source>Edit your message</source>
        <translation>编辑您的消息</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation>上一个版本</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>下一个版本</translation>
    </message>
    <message>
        <source>Copy message</source>
        <translation>复制消息</translation>
    </message>
    <message>
        <source>Edit message</source>
        <translation>编辑消息</translation>
    </message>
    <message>
        <source>Delete message and its answers</source>
        <translation>删除消息及其回答</translation>
    </message>
</context>
</TS>
