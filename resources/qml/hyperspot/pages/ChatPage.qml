pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// One conversation.
FocusScope {
    id: root

    required property ChatViewModel viewModel
    required property ModelsViewModel models
    required property SourcesViewModel sources
    required property PageViewModel pageView
    property bool hostReady: true
    property bool sideBarShown: true
    // In a narrow window the inspector lies above the page, and only when it was called.
    property bool drawerOpen: false

    readonly property bool blank: viewModel.conversationId === "" && list.count === 0
    readonly property bool narrow: Window.width < Theme.size(1100)
    readonly property bool inspecting: narrow ? drawerOpen : sources.shown && viewModel.documented

    signal linkOpened(string address)
    signal modelsWanted
    signal fileWanted
    signal sideBarWanted
    signal settingsWanted
    signal documentsWanted
    signal fileOpenWanted(string path)
    signal folderWanted(string path)
    signal explanationWanted(string messageId)

    function focusComposer(): void {
        composer.take();
    }
    function toggleInspector(): void {
        if (narrow) {
            sources.shown = true;
            drawerOpen = !drawerOpen;
        } else {
            sources.shown = !sources.shown;
        }
    }
    function find(): void {
        findBar.wanted = true;
        findBar.visible = true;
        (findBar.item as FindBar).take();
    }
    function showRow(row: int): void {
        if (row >= 0) {
            list.following = false;
            list.positionViewAtIndex(row, ListView.Beginning);
            list.shownRow = row;
        }
    }

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Chat")
    onNarrowChanged: drawerOpen = false
    onInspectingChanged: pane.wanted = pane.wanted || inspecting
    Keys.onEscapePressed: event => {
        event.accepted = drawerOpen;
        drawerOpen = false;
    }

    Connections {
        target: root.viewModel

        function onConversationChanged(): void {
            peek.point({}, Qt.point(0, 0));
        }
        function onDocumentedChanged(): void {
            pane.wanted = pane.wanted || root.viewModel.documented;
        }
        function onOpened(): void {
            list.toEnd();
            composer.take();
        }
        function onErrorChanged(): void {
            if (root.viewModel.errorSentence !== "" && root.visible)
                composer.take();
        }
        function onMessagesDeleted(): void {
            // The button that was pressed is gone with the message.
            composer.take();
        }
        function onSent(): void {
            list.toEnd();
        }
        function onRowWanted(row: int): void {
            root.showRow(row);
        }
        function onPlaceWanted(row: int, above: real): void {
            list.toPlace(row, above);
        }
    }
    Connections {
        target: root.sources

        function onOpened(): void {
            root.drawerOpen = root.narrow;
        }
    }
    Item {
        id: header

        width: parent.width
        height: Theme.headerHeight

        RowLayout {
            anchors.fill: parent
            anchors.leftMargin: Theme.gap5
            anchors.rightMargin: Theme.gap5
            spacing: Theme.gap2

            IconButton {
                visible: !root.sideBarShown
                iconName: "panel-left"
                text: qsTr("Show the side bar")
                onClicked: root.sideBarWanted()
            }
            Words {
                Layout.fillWidth: true
                text: root.viewModel.title !== "" ? root.viewModel.title : qsTr("New chat")
                font.pixelSize: Theme.sizeHeading
                font.weight: Font.DemiBold
                Accessible.role: Accessible.Heading
            }
            Pill {
                visible: root.viewModel.private
                iconName: "lock"
                text: qsTr("Private: in memory only")
                Accessible.name: text
            }
            CollectionPill {
                // Where there is no room for it, the composer's says the same.
                visible: accented && header.width > Theme.size(460)
                viewModel: root.viewModel
                enabled: root.hostReady
                onDocumentsWanted: root.documentsWanted()
            }
            Pill {
                id: modelPill

                visible: root.models.hasChatModel
                longestText: Math.min(Theme.size(220), header.width * 0.3)
                iconName: "cpu"
                text: root.models.chatModels.length > 0 ? root.models.label(root.viewModel.model) : ""
                Accessible.name: qsTr("Model: %1").arg(text)
                onClicked: modelMenu.open()

                LazyPopup {
                    id: modelMenu

                    sourceComponent: PopupMenu {
                        id: entries

                        parent: modelPill
                        y: parent.height + Theme.gap1
                        x: parent.width - width

                        Instantiator {
                            model: root.models.chatModels
                            delegate: PopupItem {
                                required property var modelData

                                text: modelData.name
                                hint: modelData.detail
                                checkable: true
                                checked: (root.viewModel.model || root.models.defaultModel) === modelData.modelId
                                onTriggered: root.viewModel.chooseModel(modelData.modelId)
                            }
                            onObjectAdded: (index, object) => entries.insertItem(index, object as PopupItem)
                            onObjectRemoved: (index, object) => entries.removeItem(object as PopupItem)
                        }
                    }
                }
            }
            IconButton {
                enabled: root.hostReady && !root.viewModel.loading && !(root.viewModel.answering && root.viewModel.conversationId === "")
                iconName: "sliders-horizontal"
                text: qsTr("Conversation settings")
                onClicked: root.settingsWanted()
            }
            IconButton {
                visible: root.viewModel.documented
                iconName: "panel-right"
                extent: 18
                ink: root.inspecting ? Theme.accent : hovered || visualFocus ? Theme.text : Theme.muted
                text: root.inspecting ? qsTr("Hide the source (Ctrl+I)") : qsTr("Show the source (Ctrl+I)")
                onClicked: root.toggleInspector()
            }
        }
        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: 1
            color: Theme.line
        }
    }
    ChatList {
        id: list

        readonly property bool docked: root.inspecting && !root.narrow

        anchors.top: header.bottom
        anchors.bottom: footer.top
        x: docked && LayoutMirroring.enabled ? pane.width : 0
        width: docked ? parent.width - pane.width : parent.width
        viewModel: root.viewModel
        currentAddress: root.inspecting ? root.sources.address : ""
        onLinkOpened: address => root.linkOpened(address)
        onLinkPointed: (address, place) => peek.point(root.sources.card(address), root.mapFromItem(null, place))
        onMoved: peek.point({}, Qt.point(0, 0))
        onFileWanted: path => root.fileOpenWanted(path)
        onFolderWanted: path => root.folderWanted(path)
        onExplanationWanted: messageId => root.explanationWanted(messageId)
    }
    CitePeek {
        id: peek
    }
    Rectangle {
        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        visible: opacity > 0
        opacity: root.narrow && root.inspecting ? 1 : 0
        color: Theme.shade
        z: 4

        Behavior on opacity {
            NumberAnimation {
                duration: Theme.motionFast
            }
        }
        TapHandler {
            onTapped: root.drawerOpen = false
        }
        HoverHandler {}
    }
    Rectangle {
        id: pane

        // What it shows is made in the background once documents play a part, and then kept.
        property bool wanted: false

        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        x: LayoutMirroring.enabled ? (root.inspecting ? 0 : -width) : parent.width - (root.inspecting ? width : 0)
        z: 5
        width: Math.min(Theme.size(300), parent.width)
        visible: x < parent.width && x > -width
        color: Theme.surface1

        Behavior on x {
            enabled: root.narrow
            NumberAnimation {
                duration: Theme.motionSlow
                easing.type: Easing.OutQuad
            }
        }

        Loader {
            anchors.fill: parent
            active: pane.wanted
            asynchronous: true
            sourceComponent: Inspector {
                viewModel: root.sources
                pageView: root.pageView
                closable: root.narrow
                onClosed: root.drawerOpen = false
                onFileWanted: path => root.fileOpenWanted(path)
                onFolderWanted: path => root.folderWanted(path)
                onExplanationWanted: root.explanationWanted(root.sources.messageId)
            }
        }
    }
    LazyPart {
        id: findBar

        anchors.top: header.bottom
        anchors.right: list.right
        anchors.margins: Theme.gap3
        visible: false
        z: 3
        sourceComponent: FindBar {
            viewModel: root.viewModel
            onClosed: {
                findBar.visible = false;
                root.focusComposer();
            }
        }
    }
    LazyPart {
        anchors.fill: list
        wanted: root.blank && root.models.known && !root.models.hasChatModel
        visible: wanted
        sourceComponent: Flickable {
            contentHeight: Math.max(height, firstRun.implicitHeight + Theme.gap5 * 2)
            boundsBehavior: Flickable.StopAtBounds
            clip: true

            ScrollBar.vertical: ScrollLine {}

            FirstRun {
                id: firstRun

                anchors.centerIn: parent
                width: list.columnWidth
                models: root.models
                onFileWanted: root.fileWanted()
                onModelsWanted: root.modelsWanted()
            }
        }
    }
    LazyPart {
        anchors.fill: list
        wanted: root.blank && root.models.hasChatModel && !root.viewModel.loading
        visible: wanted
        sourceComponent: Item {
            EmptyState {
                anchors.centerIn: parent
                iconName: root.viewModel.collectionText !== "" ? "library" : "sparkles"
                text: qsTr("What shall we look at?")
                detail: root.viewModel.collectionText !== "" ? qsTr("Answers come from %1, each with the places it rests on.").arg(root.viewModel.collectionText) : qsTr("%1 answers here, on this computer. What you write stays on it.").arg(root.models.chatModels.length > 0 ? root.models.label(root.viewModel.model) : "")
            }
        }
    }
    Skeleton {
        anchors.top: header.bottom
        anchors.topMargin: Theme.gap6
        anchors.horizontalCenter: list.horizontalCenter
        width: list.columnWidth
        lines: 8
        active: root.viewModel.loading && list.count === 0
    }
    IconButton {
        anchors.bottom: footer.top
        anchors.bottomMargin: Theme.gap3
        anchors.horizontalCenter: list.horizontalCenter
        visible: !list.following && !list.atYEnd && list.contentHeight > list.height
        side: 34
        corner: width / 2
        fill: Theme.surface3
        iconName: "arrow-down"
        text: qsTr("Jump to the end")
        onClicked: list.toEnd()
    }
    Item {
        id: footer

        anchors.bottom: parent.bottom
        anchors.horizontalCenter: list.horizontalCenter
        width: list.columnWidth
        height: column.implicitHeight + Theme.gap3

        Column {
            id: column

            width: parent.width
            spacing: Theme.gap2

            ErrorNote {
                width: parent.width
                sentence: root.viewModel.errorSentence
                action: root.viewModel.errorAction
                code: root.viewModel.errorCode
                closable: true
                buttonText: root.viewModel.canRetry ? qsTr("Try again") : ""
                onTriggered: root.viewModel.retry()
                onClosed: root.viewModel.dismissError()
            }
            ErrorNote {
                width: parent.width
                sentence: root.viewModel.meterNotice
                warning: true
            }
            Composer {
                id: composer

                width: parent.width
                focus: true
                answering: root.viewModel.answering
                sendWithEnter: root.viewModel.sendWithEnter
                canSend: root.hostReady && root.models.hasChatModel
                prompt: root.viewModel.collectionText !== "" ? qsTr("Ask about your documents…") : qsTr("Ask anything")
                onTextChanged: root.viewModel.draft = text
                onSubmitted: text => root.viewModel.send(text)
                onStopped: root.viewModel.stop()

                CollectionPill {
                    viewModel: root.viewModel
                    enabled: root.hostReady
                    upwards: true
                    onDocumentsWanted: root.documentsWanted()
                }
                Connections {
                    target: root.viewModel

                    function onDraftChanged(): void {
                        if (composer.text !== root.viewModel.draft)
                            composer.text = root.viewModel.draft;
                    }
                }
            }
            RowLayout {
                width: parent.width
                spacing: Theme.gap2

                Words {
                    Layout.leftMargin: Theme.gap1
                    text: root.viewModel.meterText === "" ? qsTr("Running on this computer") : qsTr("Running on this computer") + "  ·  " + root.viewModel.meterText
                    color: root.viewModel.meterLevel >= 0.9 ? Theme.warning : Theme.muted
                    font.pixelSize: Theme.sizeTiny
                    font.weight: Font.Medium
                }
                ProgressLine {
                    Layout.preferredWidth: Theme.size(64)
                    Layout.alignment: Qt.AlignVCenter
                    visible: root.viewModel.meterText !== ""
                    value: root.viewModel.meterLevel
                    name: qsTr("Context used")
                }
                Item {
                    Layout.fillWidth: true
                }
            }
        }
    }
}
