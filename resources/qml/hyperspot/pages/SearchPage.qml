pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// Passages as one types, and beside them the place where the selected one stands.
FocusScope {
    id: root

    required property SearchViewModel viewModel
    required property PassageViewModel passage
    required property PageViewModel pageView
    property bool hasDocuments: true

    readonly property bool roomy: width >= Theme.size(840)
    readonly property bool asked: viewModel.query.trim().length > 1
    property bool previewOpen: false

    signal documentsWanted
    signal openWanted(string path)
    signal folderWanted(string path)

    function take(): void {
        field.forceActiveFocus();
        field.selectAll();
    }
    function showPage(): void {
        previewOpen = true;
        preview.asPage = true;
    }
    function showPlace(): void {
        if (viewModel.current < 0)
            return;
        previewOpen = true;
        preview.take();
    }

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Search")
    onVisibleChanged: if (visible) take()

    Shortcut {
        sequences: [StandardKey.Find]
        enabled: root.visible
        onActivated: root.take()
    }
    Item {
        id: left

        anchors.left: parent.left
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        anchors.right: root.roomy && preview.visible ? preview.left : parent.right

        readonly property real innerWidth: width - head.x - (root.roomy && preview.visible ? Theme.gap5 : Theme.gap6)

        Column {
            id: head

            x: Theme.gap6
            y: Theme.gap5 + Theme.gap3
            width: left.innerWidth
            spacing: Theme.gap4

            PageHeader {
                width: parent.width
                title: qsTr("Search")
                detail: qsTr("Passages in your documents, by their words and by what they mean.")
            }
            Field {
                id: field

                width: parent.width
                implicitHeight: Theme.size(44)
                iconName: "search"
                label: qsTr("Search in your documents")
                placeholderText: qsTr("Words, \"an exact phrase\", or a question")
                font.pixelSize: Theme.sizeBody
                focus: true
                text: root.viewModel.query
                onTextEdited: root.viewModel.query = text
                Keys.onDownPressed: root.viewModel.current = Math.min(root.viewModel.count - 1, root.viewModel.current + 1)
                Keys.onUpPressed: root.viewModel.current = Math.max(0, root.viewModel.current - 1)
                Keys.onReturnPressed: root.viewModel.loading ? root.viewModel.find() : root.showPlace()
                Keys.onEnterPressed: root.viewModel.loading ? root.viewModel.find() : root.showPlace()
                Keys.onEscapePressed: event => {
                    if (root.previewOpen && !root.roomy)
                        root.previewOpen = false;
                    else if (text !== "")
                        root.viewModel.query = "";
                    else
                        event.accepted = false;
                }
            }
            Flow {
                width: parent.width
                visible: root.hasDocuments
                spacing: Theme.gap2

                ChoicePill {
                    plain: true
                    iconName: "sliders-horizontal"
                    label: qsTr("Search by")
                    choices: root.viewModel.modes
                    value: root.viewModel.mode
                    onPicked: value => root.viewModel.mode = value
                }
                Pill {
                    visible: root.viewModel.fileName !== ""
                    accented: true
                    iconName: "file-text"
                    trailingIconName: "x"
                    text: root.viewModel.fileName
                    Accessible.name: qsTr("Only in %1; press to search everywhere").arg(root.viewModel.fileName)
                    onClicked: root.viewModel.searchInFile("", "")
                }
                ChoicePill {
                    visible: root.viewModel.fileName === ""
                    iconName: "library"
                    label: qsTr("Collection")
                    choices: root.viewModel.collectionChoices
                    value: root.viewModel.collection
                    onPicked: value => root.viewModel.narrow("collection", value)
                }
                ChoicePill {
                    visible: root.viewModel.fileName === ""
                    iconName: "file"
                    label: qsTr("Type")
                    choices: root.viewModel.kindChoices
                    value: root.viewModel.kind
                    onPicked: value => root.viewModel.narrow("kind", value)
                }
                ChoicePill {
                    visible: root.viewModel.fileName === ""
                    iconName: "calendar"
                    label: qsTr("Changed")
                    choices: root.viewModel.ageChoices
                    value: root.viewModel.age
                    onPicked: value => root.viewModel.narrow("age", value)
                }
                ChoicePill {
                    visible: root.viewModel.fileName === ""
                    iconName: "languages"
                    label: qsTr("Language")
                    choices: root.viewModel.languageChoices
                    value: root.viewModel.language
                    onPicked: value => root.viewModel.narrow("language", value)
                }
                ActionButton {
                    visible: root.viewModel.filtered
                    implicitHeight: Theme.size(30)
                    text: qsTr("Clear filters")
                    onClicked: root.viewModel.widen()
                }
            }
            ErrorNote {
                width: parent.width
                sentence: root.viewModel.errorSentence
                action: root.viewModel.errorAction
                code: root.viewModel.errorCode
                buttonText: qsTr("Try again")
                onTriggered: root.viewModel.find()
            }
            Words {
                width: parent.width
                visible: text !== ""
                text: root.viewModel.note
                muted: true
                wrapMode: Text.Wrap
                font.pixelSize: Theme.sizeCaption
            }
        }
        ListView {
            id: list

            x: head.x - Theme.gap3
            width: left.innerWidth + Theme.gap3 * 2
            anchors.top: head.bottom
            anchors.topMargin: Theme.gap4
            anchors.bottom: parent.bottom
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            bottomMargin: Theme.gap5
            spacing: Theme.gap1
            highlightMoveDuration: 0
            // Rows change with every letter: nothing may still be on its way to a row that is gone.
            cacheBuffer: 0
            model: root.viewModel.rows
            currentIndex: root.viewModel.current
            activeFocusOnTab: true
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Passages")
            Keys.onDownPressed: root.viewModel.current = Math.min(count - 1, root.viewModel.current + 1)
            Keys.onUpPressed: root.viewModel.current = Math.max(0, root.viewModel.current - 1)
            Keys.onReturnPressed: root.showPlace()
            Keys.onEnterPressed: root.showPlace()

            ScrollBar.vertical: ScrollLine {}

            delegate: HitLine {
                required property int index

                width: list.width
                current: root.viewModel.current === index
                focused: list.activeFocus && current
                onClicked: {
                    root.viewModel.current = index;
                    root.previewOpen = true;
                }
                onDoubleClicked: root.openWanted(path)
            }
            footer: Item {
                width: list.width
                height: root.viewModel.more ? Theme.size(56) : 0

                ActionButton {
                    anchors.centerIn: parent
                    visible: root.viewModel.more
                    enabled: !root.viewModel.loading
                    text: qsTr("Show more")
                    onClicked: root.viewModel.loadMore()
                }
            }
        }
        Skeleton {
            anchors.top: list.top
            x: head.x
            width: left.innerWidth
            lines: 4
            lineHeight: 76
            active: root.viewModel.loading && list.count === 0
        }
        EmptyState {
            anchors.horizontalCenter: list.horizontalCenter
            y: list.y + Math.max(0, (list.height - height) * 0.4)
            visible: !root.viewModel.loading && list.count === 0 && root.viewModel.errorSentence === "" && (root.viewModel.nothingFound || !root.asked)
            iconName: root.viewModel.nothingFound ? "search" : "text-search"
            text: !root.hasDocuments ? qsTr("Nothing to search yet") : root.viewModel.nothingFound ? qsTr("Nothing found") : qsTr("Type to search")
            detail: !root.hasDocuments ? qsTr("Add files or a folder; what stands in them is found here within seconds.") : root.viewModel.nothingFound ? (root.viewModel.filtered ? qsTr("Other words may find it, or fewer filters.") : qsTr("Other words may find it, or fewer of them.")) : qsTr("Results come as you type. Quotes find an exact phrase, a star ends a beginning: contr*.")

            ActionButton {
                visible: !root.hasDocuments
                primary: true
                iconName: "library"
                text: qsTr("Add documents")
                onClicked: root.documentsWanted()
            }
            ActionButton {
                visible: root.hasDocuments && root.viewModel.nothingFound && root.viewModel.filtered
                text: qsTr("Clear filters")
                onClicked: root.viewModel.widen()
            }
        }
    }
    PassagePreview {
        id: preview

        anchors.right: parent.right
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        width: root.roomy ? Math.min(Theme.size(420), root.width * 0.38) : Math.min(root.width, Theme.size(460))
        visible: root.passage.known && (root.roomy || root.previewOpen)
        closable: !root.roomy
        viewModel: root.passage
        pageView: root.pageView
        onOpenWanted: root.openWanted(root.passage.path)
        onFolderWanted: root.folderWanted(root.passage.path)
        onClosed: {
            root.previewOpen = false;
            field.forceActiveFocus();
        }
    }
}
